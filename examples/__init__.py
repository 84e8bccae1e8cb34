"""Examples that run: applications, clients, replays."""

"""What the blocks of a flow are made of: who, how they decide, what they may see and do."""

"""Migrations of the system tables; record tables are made when an application is published."""

"""The formula language: parse, type-check, evaluate. Pure; the source of its rules is the formula specification."""

"""The record layer."""

"""Processes that are measured, a module each: they read a file, compute, and tell in JSON.

The peers' modules run in environments that hold no kznet, and import nothing of it.
"""

"""Measures vpdesk against peers, side by side in one run, and judges ratios instead of seconds."""

"""Tests of the advice: from county to problem, from decision to measures."""

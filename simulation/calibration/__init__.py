"""Calibration: search constants and profile centres against the published patterns; can parameters be recovered at all?"""

"""Calibration: search constants and profile centres against published patterns; can parameters be recovered at all?"""

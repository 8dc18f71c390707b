"""Files as earlier versions wrote them: what was promised for them still holds. README.md says how each was made."""

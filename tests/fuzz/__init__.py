"""Damaged inputs, made from a seed, and what an import must do with each of them.

``works`` and ``shapes`` write undamaged exports in every format, ``damage`` breaks them, ``places``
breaks the folder around them, ``inputs`` makes input number N of a seed, ``oracle`` judges what an
import made of it, ``worker`` does both in a process of its own, and ``runner`` keeps a pool of those.
"""

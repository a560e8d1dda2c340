/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases for the unit tests: random numbers from a fixed seed, and all short
 * strings over an alphabet.
 */
#ifndef PINSUM_CASES_H
#define PINSUM_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* SplitMix64 (Steele, Lea and Flood, 2014): any seed will do. */
static inline uint64_t cases_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* In [0, 1). */
static inline double cases_uniform(uint64_t *state)
{
	return (double)(cases_random(state) >> 11) * 0x1p-53;
}

/* The string after `text` ("" is the first) of at most `longest` bytes over
 * `alphabet`, in place; false after the last. */
static inline bool cases_next_string(char *text, const char *alphabet,
				     size_t longest)
{
	size_t length = strlen(text);

	for (size_t i = 0; i < length; i++) {
		const char *next = strchr(alphabet, text[i]) + 1;

		text[i] = *next != '\0' ? *next : alphabet[0];
		if (*next != '\0')
			return true;
	}
	text[length] = alphabet[0];
	text[length + 1] = '\0';
	return length < longest;
}

#endif

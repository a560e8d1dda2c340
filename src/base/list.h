/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * LISTs of options: values between commas, and arrays that grow.
 */
#ifndef PINSUM_LIST_H
#define PINSUM_LIST_H

#include <stddef.h>

/* Call `each` for every element of "a,b,c" with a NUL-terminated copy, until
 * it does not return 0.  That value, or -ENOMEM; an empty element is handed
 * on as "". */
int list_split(const char *text, int (*each)(const char *element, void *arg),
	       void *arg);

/* Append an element of `size` bytes to an array of `*count`; -ENOMEM leaves
 * it as it was. */
int list_append(void *array, size_t *count, const void *element, size_t size);

#endif

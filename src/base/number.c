/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/number.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define DIGITS "0123456789"

static const uint64_t powers_of_ten[] = {
	1u,
	10u,
	100u,
	1000u,
	10000u,
	100000u,
	1000000u,
	10000000u,
	100000000u,
	1000000000u,
	10000000000u,
	100000000000u,
	1000000000000u,
	10000000000000u,
	100000000000000u,
	1000000000000000u,
	10000000000000000u,
	100000000000000000u,
	1000000000000000000u,
	10000000000000000000u,
};

/* Two digits at a time halve the divisions of a formatter. */
static const char digit_pairs[] = "00010203040506070809"
				  "10111213141516171819"
				  "20212223242526272829"
				  "30313233343536373839"
				  "40414243444546474849"
				  "50515253545556575859"
				  "60616263646566676869"
				  "70717273747576777879"
				  "80818283848586878889"
				  "90919293949596979899";

/* A multiplier factor * 10^shift; kept apart so that the decimals of "1.5s"
 * can be shifted in as digits, with no rounding. */
struct unit {
	char name[3];
	unsigned char factor;
	unsigned char shift;
};

static const struct unit count_units[] = {
	{.name = "", .factor = 1, .shift = 0},
	{.name = "k", .factor = 1, .shift = 3},
	{.name = "M", .factor = 1, .shift = 6},
	{.name = "G", .factor = 1, .shift = 9},
	{.name = "T", .factor = 1, .shift = 12},
	{.name = "", .factor = 0, .shift = 0},
};

static const struct unit duration_units[] = {
	{.name = "", .factor = 1, .shift = 9},
	{.name = "ns", .factor = 1, .shift = 0},
	{.name = "us", .factor = 1, .shift = 3},
	{.name = "ms", .factor = 1, .shift = 6},
	{.name = "s", .factor = 1, .shift = 9},
	{.name = "m", .factor = 6, .shift = 10},
	{.name = "h", .factor = 36, .shift = 11},
	{.name = "", .factor = 0, .shift = 0},
};

/* A decimal in place: DIGITS, or DIGITS.DIGITS. */
struct decimal {
	const char *whole, *fraction;
	size_t whole_length, fraction_length;
	const char *end;
};

struct u128 u128_mul64(uint64_t a, uint64_t b)
{
	uint64_t a_lo = (uint32_t)a, a_hi = a >> 32;
	uint64_t b_lo = (uint32_t)b, b_hi = b >> 32;
	uint64_t low = a_lo * b_lo;
	/* Neither sum can overflow: (2^32 - 1)^2 + 2 * (2^32 - 1) < 2^64. */
	uint64_t cross = a_hi * b_lo + (low >> 32);
	uint64_t middle = a_lo * b_hi + (uint32_t)cross;

	return (struct u128){
		.hi = a_hi * b_hi + (cross >> 32) + (middle >> 32),
		.lo = (middle << 32) | (uint32_t)low,
	};
}

struct u128 u128_sum_range(uint64_t first, uint64_t count)
{
	uint64_t a = count, b = count - 1;

	if (count == 0)
		return (struct u128){.hi = 0, .lo = 0};
	/* One of two neighbours is even: halving it loses nothing. */
	if (a % 2 == 0)
		a /= 2;
	else
		b /= 2;
	return u128_add(u128_mul64(first, count), u128_mul64(a, b));
}

/* *value = *value * factor + addend, or -ERANGE. */
static int multiply_add(uint64_t *value, uint64_t factor, uint64_t addend)
{
	uint64_t product;

	if (__builtin_mul_overflow(*value, factor, &product) ||
	    __builtin_add_overflow(product, addend, value))
		return -ERANGE;
	return 0;
}

/* Append up to `length` digits to *value. */
static int append_digits(uint64_t *value, const char *digits, size_t length)
{
	int ret = 0;

	for (size_t i = 0; i < length && ret == 0; i++)
		ret = multiply_add(value, 10, (uint64_t)(digits[i] - '0'));
	return ret;
}

static int split_decimal(const char *text, struct decimal *d)
{
	d->whole = text;
	d->whole_length = strspn(text, DIGITS);
	d->end = text + d->whole_length;
	d->fraction = d->end;
	d->fraction_length = 0;
	if (d->whole_length == 0)
		return -EINVAL;
	if (*d->end != '.')
		return 0;
	d->fraction = d->end + 1;
	d->fraction_length = strspn(d->fraction, DIGITS);
	d->end = d->fraction + d->fraction_length;
	return d->fraction_length == 0 ? -EINVAL : 0;
}

static const struct unit *find_unit(const struct unit *units, const char *name)
{
	for (; units->factor != 0; units++)
		if (strcmp(units->name, name) == 0)
			return units;
	return NULL;
}

/* d * unit; decimals beyond the unit's shift are dropped. */
static int scale_decimal(const struct decimal *d, const struct unit *unit,
			 uint64_t *value)
{
	size_t kept = d->fraction_length;
	uint64_t v = 0;

	if (kept > unit->shift)
		kept = unit->shift;
	if (append_digits(&v, d->whole, d->whole_length) != 0 ||
	    append_digits(&v, d->fraction, kept) != 0 ||
	    multiply_add(&v, powers_of_ten[unit->shift - kept], 0) != 0 ||
	    multiply_add(&v, unit->factor, 0) != 0)
		return -ERANGE;
	*value = v;
	return 0;
}

int number_parse_count(const char *text, uint64_t *value)
{
	const struct unit *unit;
	struct decimal d;

	if (split_decimal(text, &d) != 0 || d.fraction_length != 0)
		return -EINVAL;
	unit = find_unit(count_units, d.end);
	if (unit == NULL)
		return -EINVAL;
	return scale_decimal(&d, unit, value);
}

int number_parse_duration(const char *text, int64_t *ns)
{
	const struct unit *unit;
	struct decimal d;
	uint64_t value;

	if (split_decimal(text, &d) != 0)
		return -EINVAL;
	unit = find_unit(duration_units, d.end);
	if (unit == NULL)
		return -EINVAL;
	if (scale_decimal(&d, unit, &value) != 0 || value > INT64_MAX)
		return -ERANGE;
	*ns = (int64_t)value;
	return 0;
}

int number_parse_decimal(const char *text, double *value)
{
	uint64_t mantissa = 0;
	struct decimal d;
	size_t kept = 0;

	if (split_decimal(text, &d) != 0 || *d.end != '\0')
		return -EINVAL;
	if (append_digits(&mantissa, d.whole, d.whole_length) != 0)
		return -ERANGE;
	/* 17 digits tell any two doubles apart; the rest changes nothing. */
	while (kept < d.fraction_length && kept < 19 &&
	       mantissa < powers_of_ten[17])
		append_digits(&mantissa, &d.fraction[kept++], 1);
	*value = (double)mantissa / (double)powers_of_ten[kept];
	return 0;
}

static size_t count_digits(uint64_t value)
{
	size_t n = 1;

	while (n < NUMBER_U64_MAX && value >= powers_of_ten[n])
		n++;
	return n;
}

/* The last `length` digits of `value`, with leading zeros. */
static void put_digits(char *buffer, uint64_t value, size_t length)
{
	while (length >= 2) {
		length -= 2;
		memcpy(&buffer[length], &digit_pairs[value % 100 * 2], 2);
		value /= 100;
	}
	if (length == 1)
		buffer[0] = (char)('0' + value % 10);
}

size_t number_format_u64(char *buffer, uint64_t value)
{
	size_t length = count_digits(value);

	put_digits(buffer, value, length);
	return length;
}

size_t number_format_i64(char *buffer, int64_t value)
{
	if (value >= 0)
		return number_format_u64(buffer, (uint64_t)value);
	buffer[0] = '-';
	/* Negated as unsigned: INT64_MIN has no positive counterpart. */
	return 1 + number_format_u64(buffer + 1, -(uint64_t)value);
}

/* *value /= 10^9; returns the remainder. */
static uint64_t divide_billion(struct u128 *value)
{
	uint64_t limbs[] = {value->hi >> 32, (uint32_t)value->hi,
			    value->lo >> 32, (uint32_t)value->lo};
	uint64_t rest = 0;

	for (size_t i = 0; i < 4; i++) {
		rest = rest << 32 | limbs[i];
		limbs[i] = rest / 1000000000u;
		rest %= 1000000000u;
	}
	value->hi = limbs[0] << 32 | limbs[1];
	value->lo = limbs[2] << 32 | limbs[3];
	return rest;
}

size_t number_format_u128(char *buffer, struct u128 value)
{
	uint64_t groups[4];
	size_t n = 0, length;

	while (value.hi != 0)
		groups[n++] = divide_billion(&value);
	length = number_format_u64(buffer, value.lo);
	while (n > 0) {
		put_digits(buffer + length, groups[--n], 9);
		length += 9;
	}
	return length;
}

size_t number_format_ratio(char *buffer, double value)
{
	bool negative = value < 0;
	double magnitude = negative ? -value : value;
	uint64_t whole = (uint64_t)magnitude;
	double fraction = magnitude - (double)whole;
	uint64_t parts = (uint64_t)(fraction * 1e4);
	/* fma: the product alone may round onto the half from below. */
	double above = fma(fraction, 1e4, -((double)parts + 0.5));
	size_t length = 0;

	if (above > 0 || (above >= 0 && !negative))
		parts++;
	if (parts == 10000) {
		parts = 0;
		whole++;
	}
	if (negative && (whole != 0 || parts != 0))
		buffer[length++] = '-';
	length += number_format_u64(buffer + length, whole);
	buffer[length++] = '.';
	put_digits(buffer + length, parts, 4);
	return length + 4;
}

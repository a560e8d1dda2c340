/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parsers. */
#include <config.h>

#include "base/number.h"

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct integer_case {
	const char *text;
	int ret;
	uint64_t value;
};

static const struct integer_case count_cases[] = {
	{.text = "0", .value = 0},
	{.text = "300M", .value = 300000000},
	{.text = "1k", .value = 1000},
	{.text = "2G", .value = 2000000000},
	{.text = "3T", .value = 3000000000000},
	{.text = "0000000000000000000000001", .value = 1},
	{.text = "18446744073709551615", .value = UINT64_MAX},
	{.text = "18446744073709551616", .ret = -ERANGE},
	{.text = "18446744073709551620", .ret = -ERANGE},
	{.text = "99999999999999999999999", .ret = -ERANGE},
	{.text = "18446744073709551k", .value = 18446744073709551000u},
	{.text = "18446744073709552k", .ret = -ERANGE},
	{.text = "18446744T", .value = 18446744000000000000u},
	{.text = "18446745T", .ret = -ERANGE},
	{.text = "", .ret = -EINVAL},
	{.text = "k", .ret = -EINVAL},
	{.text = "1K", .ret = -EINVAL},
	{.text = "1kk", .ret = -EINVAL},
	{.text = "+1", .ret = -EINVAL},
	{.text = "-1", .ret = -EINVAL},
	{.text = " 1", .ret = -EINVAL},
	{.text = "1 ", .ret = -EINVAL},
	{.text = "0x10", .ret = -EINVAL},
	{.text = "1.5k", .ret = -EINVAL},
	{.text = "99999999999999999999x", .ret = -EINVAL},
};

static const struct integer_case duration_cases[] = {
	{.text = "0", .value = 0},
	{.text = "30ns", .value = 30},
	{.text = "200us", .value = 200000},
	{.text = "150ms", .value = 150000000},
	{.text = "2s", .value = 2000000000},
	{.text = "10m", .value = 600000000000},
	{.text = "1h", .value = 3600000000000},
	{.text = "3", .value = 3000000000},
	{.text = "1.5s", .value = 1500000000},
	{.text = "0.25", .value = 250000000},
	{.text = "1.5h", .value = 5400000000000},
	{.text = "0.1m", .value = 6000000000},
	{.text = "0.3us", .value = 300},
	{.text = "1.9ns", .value = 1},
	{.text = "0.0000000019", .value = 1},
	{.text = "9223372036854775807ns", .value = INT64_MAX},
	{.text = "9223372036854775808ns", .ret = -ERANGE},
	{.text = "9223372036.854775807", .value = INT64_MAX},
	{.text = "9223372036.854775808", .ret = -ERANGE},
	{.text = "2562047h", .value = 9223369200000000000},
	{.text = "2562048h", .ret = -ERANGE},
	{.text = "99999999999999999999h", .ret = -ERANGE},
	{.text = "", .ret = -EINVAL},
	{.text = "s", .ret = -EINVAL},
	{.text = "1.s", .ret = -EINVAL},
	{.text = ".5s", .ret = -EINVAL},
	{.text = "1,5s", .ret = -EINVAL},
	{.text = "1.5.5s", .ret = -EINVAL},
	{.text = "1 s", .ret = -EINVAL},
	{.text = "-1s", .ret = -EINVAL},
	{.text = "1S", .ret = -EINVAL},
	{.text = "1e3", .ret = -EINVAL},
	{.text = "1min", .ret = -EINVAL},
};

static const struct decimal_case {
	const char *text;
	int ret;
	double value;
} decimal_cases[] = {
	{.text = "2", .value = 2},
	{.text = "0.5", .value = 0.5},
	{.text = "12.25", .value = 12.25},
	{.text = "0.1", .value = 0.1},
	{.text = "0.000001", .value = 1e-6},
	{.text = "3.14159265358979323846264338", .value = 3.141592653589793},
	{.text = "18446744073709551615", .value = 0x1p64},
	{.text = "18446744073709551616", .ret = -ERANGE},
	{.text = "", .ret = -EINVAL},
	{.text = ".", .ret = -EINVAL},
	{.text = "1.", .ret = -EINVAL},
	{.text = ".5", .ret = -EINVAL},
	{.text = "-1", .ret = -EINVAL},
	{.text = "1e3", .ret = -EINVAL},
	{.text = "1,5", .ret = -EINVAL},
	{.text = "nan", .ret = -EINVAL},
	{.text = "inf", .ret = -EINVAL},
	{.text = "0x1", .ret = -EINVAL},
};

static void check_count_case(const struct integer_case *c)
{
	uint64_t value = 12345;
	int ret = number_parse_count(c->text, &value);

	tap_is_int(ret, c->ret, "count \"%s\"", c->text);
	tap_ok(value == (c->ret == 0 ? c->value : 12345),
	       "count \"%s\": value %" PRIu64, c->text, value);
}

static void check_duration_case(const struct integer_case *c)
{
	int64_t value = -12345;
	int ret = number_parse_duration(c->text, &value);

	tap_is_int(ret, c->ret, "duration \"%s\"", c->text);
	tap_is_int(value, c->ret == 0 ? (int64_t)c->value : -12345,
		   "duration \"%s\": value", c->text);
}

static void check_decimal_case(const struct decimal_case *c)
{
	double value = -1;
	int ret = number_parse_decimal(c->text, &value);
	double want = c->ret == 0 ? c->value : -1;

	tap_is_int(ret, c->ret, "decimal \"%s\"", c->text);
	tap_ok(fabs(value - want) <= 2.3e-16 * fabs(want),
	       "decimal \"%s\": value %.17g", c->text, value);
}

static struct u128 slow_multiply(struct u128 value, unsigned factor)
{
	struct u128 sum = {.hi = 0, .lo = 0};

	while (factor-- > 0)
		sum = u128_add(sum, value);
	return sum;
}

/* What a kind of number is, for the reference: its grammar, and what a unit
 * multiplies by. */
struct kind {
	const char *grammar, *alphabet;
	uint64_t (*multiplier)(const char *unit);
	uint64_t limit;
	int (*parse)(const char *text, uint64_t *value);
};

static uint64_t count_multiplier(const char *unit)
{
	switch (*unit) {
	case 'k':
		return 1000;
	case 'M':
		return 1000000;
	case 'G':
		return 1000000000;
	case 'T':
		return 1000000000000;
	default:
		return 1;
	}
}

static uint64_t duration_multiplier(const char *unit)
{
	switch (*unit) {
	case 'n':
		return 1;
	case 'u':
		return 1000;
	case 'm':
		return unit[1] == 's' ? 1000000 : 60000000000;
	case 'h':
		return 3600000000000;
	default:
		return 1000000000;
	}
}

static int parse_duration(const char *text, uint64_t *value)
{
	int64_t ns = -1;
	int ret = number_parse_duration(text, &ns);

	*value = (uint64_t)ns;
	return ret;
}

/* Digit by digit in 128 bits, by addition; the decimals' share of the unit is
 * divided off one digit after the other. */
static int slow_parse(const struct kind *kind, const regex_t *grammar,
		      const char *text, uint64_t *value)
{
	struct u128 sum = {.hi = 0, .lo = 0}, unit = sum;
	size_t digits;

	if (regexec(grammar, text, 0, NULL, 0) != 0)
		return -EINVAL;
	unit.lo = kind->multiplier(text + strspn(text, "0123456789."));
	for (digits = 0; text[digits] >= '0' && text[digits] <= '9'; digits++)
		sum = u128_add(
			slow_multiply(sum, 10),
			slow_multiply(unit, (unsigned)text[digits] - '0'));
	if (text[digits] == '.')
		while (text[++digits] >= '0' && text[digits] <= '9') {
			unit.lo /= 10;
			sum = u128_add(
				sum,
				slow_multiply(unit,
					      (unsigned)text[digits] - '0'));
		}
	if (sum.hi != 0 || sum.lo > kind->limit)
		return -ERANGE;
	*value = sum.lo;
	return 0;
}

static bool agrees(const struct kind *kind, const regex_t *grammar,
		   const char *text)
{
	uint64_t got = 0, want = 0;
	int got_ret = kind->parse(text, &got);
	int want_ret = slow_parse(kind, grammar, text, &want);
	bool same = got_ret == want_ret && (want_ret != 0 || got == want);

	if (!same)
		tap_note("differs: \"%s\"", text);
	return same;
}

static const struct kind kinds[] = {
	{
		.grammar = "^[0-9]+[kMGT]?$",
		.alphabet = "0159kMGT. -",
		.multiplier = count_multiplier,
		.limit = UINT64_MAX,
		.parse = number_parse_count,
	},
	{
		.grammar = "^[0-9]+([.][0-9]+)?(ns|us|ms|s|m|h)?$",
		.alphabet = "0785.numsh ",
		.multiplier = duration_multiplier,
		.limit = INT64_MAX,
		.parse = parse_duration,
	},
};

/* All short strings, alone and after digits that bring them near a limit. */
static void check_short_strings(const struct kind *kind)
{
	static const char *const prefixes[] = {"", "18446744073709551",
					       "922337203685477", "92233720"};
	int wrong = 0, checked = 0;
	regex_t grammar;

	if (!tap_ok(regcomp(&grammar, kind->grammar,
			    REG_EXTENDED | REG_NOSUB) == 0,
		    "the reference's grammar compiles"))
		return;
	for (size_t i = 0; i < COUNT(prefixes); i++) {
		char tail[16] = "", text[64];

		do {
			snprintf(text, sizeof(text), "%s%s", prefixes[i], tail);
			checked++;
			wrong += !agrees(kind, &grammar, text);
		} while (cases_next_string(tail, kind->alphabet, 4) &&
			 wrong < 10);
	}
	regfree(&grammar);
	tap_is_int(checked, 4 * 16105, "%s: all short strings were tried",
		   kind->grammar);
	tap_is_int(wrong, 0, "%s: all agree with the reference", kind->grammar);
}

static bool decimal_agrees(const regex_t *grammar, const char *text)
{
	double got = -1, want;
	int ret = number_parse_decimal(text, &got);

	if (regexec(grammar, text, 0, NULL, 0) != 0)
		return ret == -EINVAL && got < 0;
	want = strtod(text, NULL);
	return ret == 0 && fabs(got - want) <= 4.5e-16 * want;
}

static void check_decimals(void)
{
	char tail[8] = "", text[64];
	uint64_t seed = 2;
	int wrong = 0;
	regex_t grammar;

	if (!tap_ok(regcomp(&grammar, "^[0-9]+([.][0-9]+)?$",
			    REG_EXTENDED | REG_NOSUB) == 0,
		    "the reference's grammar compiles"))
		return;
	do {
		wrong += !decimal_agrees(&grammar, tail);
	} while (cases_next_string(tail, "0159.-+e ", 5));
	tap_is_int(wrong, 0, "decimals: all short strings");
	for (unsigned i = 0; i < 20000; i++) {
		uint64_t whole =
			cases_random(&seed) >> cases_random(&seed) % 64;

		snprintf(text, sizeof(text), "%" PRIu64 ".%" PRIu64, whole,
			 cases_random(&seed));
		wrong += !decimal_agrees(&grammar, text);
	}
	tap_is_int(wrong, 0, "decimals: 20000 random ones");
	regfree(&grammar);
}

/* What an option means must not change with the user's locale. */
static void check_locale(void)
{
	static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8",
					    "de_DE", "pt_BR.UTF-8"};
	double value = 0;

	for (size_t i = 0; i < COUNT(names); i++) {
		if (setlocale(LC_ALL, names[i]) == NULL ||
		    *localeconv()->decimal_point != ',')
			continue;
		tap_ok(number_parse_decimal("0.5", &value) == 0 && value == 0.5,
		       "a decimal in %s", names[i]);
		setlocale(LC_ALL, "C");
		return;
	}
	tap_skip("a locale with a decimal comma", "none is installed");
}

int main(void)
{
	for (size_t i = 0; i < COUNT(count_cases); i++)
		check_count_case(&count_cases[i]);
	for (size_t i = 0; i < COUNT(duration_cases); i++)
		check_duration_case(&duration_cases[i]);
	for (size_t i = 0; i < COUNT(decimal_cases); i++)
		check_decimal_case(&decimal_cases[i]);
	for (size_t i = 0; i < COUNT(kinds); i++)
		check_short_strings(&kinds[i]);
	check_decimals();
	check_locale();
	return tap_done();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/cpulist.h"

#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct parse_case {
	const char *text;
	int ret;
	size_t count; /* where it succeeds */
	size_t bad;   /* where it fails */
	unsigned cpus[8];
} parse_cases[] = {
	{.text = "0", .count = 1, .cpus = {0}},
	{.text = "0,4-6", .count = 4, .cpus = {0, 4, 5, 6}},
	{.text = "0-10:2", .count = 6, .cpus = {0, 2, 4, 6, 8, 10}},
	{.text = "1-4:9", .count = 1, .cpus = {1}},
	{.text = "5,1,5,0-1", .count = 5, .cpus = {5, 1, 5, 0, 1}},
	{.text = "007", .count = 1, .cpus = {7}},
	{.text = "1048575", .count = 1, .cpus = {1048575}},
	{.text = "", .ret = -EINVAL, .bad = 0},
	{.text = "3,", .ret = -EINVAL, .bad = 2},
	{.text = "3,,4", .ret = -EINVAL, .bad = 2},
	{.text = "10,9-8", .ret = -EINVAL, .bad = 3},
	{.text = "0-4:0", .ret = -EINVAL, .bad = 0},
	{.text = "3:2", .ret = -EINVAL, .bad = 0},
	{.text = "0,1 ", .ret = -EINVAL, .bad = 2},
	{.text = " 0", .ret = -EINVAL, .bad = 0},
	{.text = "-1", .ret = -EINVAL, .bad = 0},
	{.text = "0x1", .ret = -EINVAL, .bad = 0},
	{.text = "0,1048576", .ret = -ERANGE, .bad = 2},
	{.text = "0-1048576", .ret = -ERANGE, .bad = 0},
	{.text = "0-1:1048576", .ret = -ERANGE, .bad = 0},
	{.text = "4294967296", .ret = -ERANGE, .bad = 0},
	{.text = "18446744073709551616", .ret = -ERANGE, .bad = 0},
	{.text = "0-1048575,0", .ret = -ERANGE, .bad = 10},
};

static const struct format_case {
	const char *text;
	size_t count;
	unsigned cpus[8];
} format_cases[] = {
	{.text = "", .count = 0},
	{.text = "7", .count = 1, .cpus = {7}},
	{.text = "0,1", .count = 2, .cpus = {0, 1}},
	{.text = "0-2", .count = 3, .cpus = {0, 1, 2}},
	{.text = "0,1,3-5,7", .count = 6, .cpus = {0, 1, 3, 4, 5, 7}},
	{.text = "0,2,4", .count = 3, .cpus = {0, 2, 4}},
	{.text = "9-11,4294967295", .count = 4, .cpus = {9, 10, 11, ~0u}},
};

static void check_parse_case(const struct parse_case *c)
{
	struct cpulist list = {.cpus = NULL, .count = 99};
	size_t bad = 77;
	int ret = cpulist_parse(c->text, &list, &bad);

	tap_is_int(ret, c->ret, "parse \"%s\"", c->text);
	tap_is_int((int64_t)list.count, (int64_t)c->count,
		   "parse \"%s\": count", c->text);
	if (ret != 0)
		tap_is_int((int64_t)bad, (int64_t)c->bad,
			   "parse \"%s\": offset of the wrong element",
			   c->text);
	else if (list.count == c->count)
		tap_ok(memcmp(list.cpus, c->cpus,
			      c->count * sizeof(c->cpus[0])) == 0,
		       "parse \"%s\": CPUs", c->text);
	cpulist_free(&list);
}

static void check_limits(void)
{
	struct cpulist list;

	tap_is_int(cpulist_parse("0-1048575", &list, NULL), 0,
		   "as many CPUs as may be");
	tap_is_int((int64_t)list.count, CPULIST_CPU_LIMIT, "all are there");
	cpulist_free(&list);
	tap_ok(list.cpus == NULL && list.count == 0, "free empties the list");
	tap_is_int(cpulist_parse("x", &list, NULL), -EINVAL,
		   "the offset need not be asked for");
	tap_ok(list.cpus == NULL && list.count == 0,
	       "a failure leaves an empty list");
}

/* The grammar by a regular expression, the numbers by strtoul. */
static int slow_element(const regex_t *grammar, const char *element,
			struct cpulist *list)
{
	unsigned long first, last, stride = 1;
	char *end;

	if (regexec(grammar, element, 0, NULL, 0) != 0)
		return -EINVAL;
	first = last = strtoul(element, &end, 10);
	if (*end == '-')
		last = strtoul(end + 1, &end, 10);
	if (*end == ':')
		stride = strtoul(end + 1, &end, 10);
	if (stride == 0 || last < first)
		return -EINVAL;
	for (unsigned long cpu = first; cpu <= last; cpu++)
		if ((cpu - first) % stride == 0)
			list->cpus[list->count++] = (unsigned)cpu;
	return 0;
}

static int slow_parse(const regex_t *grammar, const char *text,
		      struct cpulist *list, size_t *bad)
{
	const char *element = text;
	char copy[16];
	int ret;

	list->count = 0;
	for (;;) {
		size_t length = strcspn(element, ",");

		memcpy(copy, element, length);
		copy[length] = '\0';
		ret = slow_element(grammar, copy, list);
		if (ret != 0) {
			*bad = (size_t)(element - text);
			list->count = 0;
			return ret;
		}
		if (element[length] == '\0')
			return 0;
		element += length + 1;
	}
}

static bool agrees(const regex_t *grammar, const char *text)
{
	static unsigned cpus[1u << 16];
	struct cpulist got, want = {.cpus = cpus, .count = 0};
	size_t got_bad = 0, want_bad = 0;
	int ret = cpulist_parse(text, &got, &got_bad);
	bool same = ret == slow_parse(grammar, text, &want, &want_bad) &&
		    got.count == want.count && got_bad == want_bad;

	if (same && want.count != 0)
		same = memcmp(got.cpus, cpus, want.count * sizeof(*cpus)) == 0;
	cpulist_free(&got);
	if (!same)
		tap_note("differs: \"%s\"", text);
	return same;
}

static void check_short_strings(void)
{
	unsigned checked = 0, wrong = 0;
	char text[16] = "";
	regex_t grammar;

	if (!tap_ok(regcomp(&grammar, "^[0-9]+(-[0-9]+(:[0-9]+)?)?$",
			    REG_EXTENDED | REG_NOSUB) == 0,
		    "the reference's grammar compiles"))
		return;
	do {
		checked++;
		wrong += !agrees(&grammar, text);
	} while (cases_next_string(text, "013-:, ", 6) && wrong < 10);
	regfree(&grammar);
	tap_is_int(checked, 137257, "all strings up to 6 bytes were tried");
	tap_is_int(wrong, 0, "all agree with the reference");
}

/* Ascending CPU numbers with runs and gaps. */
static size_t random_cpus(uint64_t *seed, unsigned *cpus, size_t longest)
{
	size_t count = (size_t)(cases_random(seed) % (longest + 1));
	unsigned cpu = 0;

	for (size_t i = 0; i < count; i++) {
		cpus[i] = cpu;
		cpu += cases_random(seed) % 3 != 0
			       ? 1
			       : (unsigned)(cases_random(seed) % 1000 + 1);
	}
	return count;
}

static bool round_trips(const unsigned *cpus, size_t count)
{
	struct cpulist list;
	char text[1024];
	bool same;

	if (cpulist_format(cpus, count, text, sizeof(text)) != strlen(text))
		return false;
	if (cpulist_parse(text, &list, NULL) != 0)
		return count == 0 && text[0] == '\0';
	same = list.count == count &&
	       memcmp(list.cpus, cpus, count * sizeof(*cpus)) == 0;
	cpulist_free(&list);
	return same;
}

static void check_round_trips(void)
{
	uint64_t seed = 1;
	unsigned cpus[64];
	unsigned wrong = 0;

	for (unsigned i = 0; i < 10000; i++)
		wrong += !round_trips(cpus, random_cpus(&seed, cpus, 64));
	tap_is_int(wrong, 0, "format and parse: 10000 random sets");
}

static void check_format_case(const struct format_case *c)
{
	char text[64];
	size_t length = strlen(c->text);
	unsigned wrong = 0;

	tap_is_int((int64_t)cpulist_format(c->cpus, c->count, NULL, 0),
		   (int64_t)length, "format \"%s\": length alone", c->text);
	cpulist_format(c->cpus, c->count, text, sizeof(text));
	tap_is_text(text, c->text, "format \"%s\"", c->text);
	for (size_t size = 1; size <= length + 1; size++) {
		memset(text, '#', sizeof(text));
		wrong += cpulist_format(c->cpus, c->count, text, size) !=
				 length ||
			 strncmp(text, c->text, size - 1) != 0 ||
			 text[size - 1] != '\0' || text[size] != '#';
	}
	tap_is_int(wrong, 0, "format \"%s\": cut to any size", c->text);
}

int main(void)
{
	for (size_t i = 0; i < COUNT(parse_cases); i++)
		check_parse_case(&parse_cases[i]);
	check_limits();
	check_short_strings();
	for (size_t i = 0; i < COUNT(format_cases); i++)
		check_format_case(&format_cases[i]);
	check_round_trips();
	return tap_done();
}

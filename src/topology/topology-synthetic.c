/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A first reading of a synthetic description, for its size alone: hwloc says
 * whether it is right.  It follows hwloc's own reading letter by letter where
 * that decides how large the machine is.
 */
#include <config.h>

#include "topology/topology-hwloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"

/* An explicit list of the indexes of 8,192 PUs is shorter. */
#define TEXT_MAX (1u << 16)

/* hwloc goes through all PUs for each loop of an interleaving. */
#define LOOPS_MAX 128u

/* Objects times the greatest index: the bits of one set for each.  At this
 * size hwloc's sets take 512 MiB, half of what it may have. */
#define BITS_MAX (UINT64_C(1) << 32)

/* The same times the children of one object at each level: hwloc puts an
 * object in its place by comparing its set with those of its elder siblings.
 * At this size it takes some seconds; 16,384 PUs in cores and packages fit,
 * twice as many as Linux can have, and 6,500 on a single level. */
#define WORK_MAX (UINT64_C(1) << 38)

struct size {
	uint64_t width;	  /* objects of the last level */
	uint64_t objects; /* of all levels */
	uint64_t arities; /* children of one object, over all levels */
	uint64_t index;	  /* the greatest that is named */
};

/* Numbers are cut off at what is too large anyway. */
static uint64_t bounded(uint64_t value)
{
	return value < CPULIST_CPU_LIMIT ? value : CPULIST_CPU_LIMIT;
}

/* The value of an indexes= attribute: its greatest number counts. */
static int read_indexes(const char *text, const char *end, struct size *size)
{
	unsigned loops = 0;

	while (text < end) {
		if (*text >= '0' && *text <= '9') {
			char *next;
			uint64_t index = bounded(strtoull(text, &next, 10));

			if (index == CPULIST_CPU_LIMIT)
				return -E2BIG;
			if (index > size->index)
				size->index = index;
			text = next;
			continue;
		}
		loops += *text == ':';
		text++;
	}
	return loops < LOOPS_MAX ? 0 : -E2BIG;
}

/* "(size=1MB indexes=0,2,1,3)" at *text, which moves behind it. */
static int read_attributes(const char **text, struct size *size)
{
	const char *end = strchr(*text, ')');
	const char *at = *text;
	int err = 0;

	if (!end)
		return -EINVAL;
	while (!err && (at = strstr(at, "indexes=")) && at < end) {
		at += strlen("indexes=");
		err = read_indexes(at, at + strcspn(at, " )"), size);
	}
	*text = end + 1;
	return err;
}

/* "[numa(memory=1GB)]": a node for each object of the level above. */
static int read_attached(const char **text, struct size *size)
{
	const char *end = strchr(*text, ']');
	const char *attributes = strchr(*text, '(');

	if (!end)
		return -EINVAL;
	size->objects += size->width;
	size->arities++;
	*text = end + 1;
	if (!attributes || attributes > end)
		return 0;
	return read_attributes(&attributes, size);
}

/* "core:4(...)" or "4". */
static int read_level(const char **text, struct size *size)
{
	const char *number = *text;
	char *end;
	uint64_t arity;

	if (*number < '0' || *number > '9') {
		number = strchr(number, ':');
		if (!number)
			return -EINVAL;
		number++;
	}
	arity = bounded(strtoull(number, &end, 0));
	if (end == number || arity == 0)
		return -EINVAL;
	size->width *= arity;
	size->objects += size->width;
	size->arities += arity;
	*text = end;
	return *end == '(' ? read_attributes(text, size) : 0;
}

static bool is_bounded(const struct size *size)
{
	uint64_t bits = size->width > size->index ? size->width : size->index;

	/* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): never 0 */
	return size->objects <= BITS_MAX / bits &&
	       size->arities <= WORK_MAX / bits / size->objects;
}

int synthetic_check(const char *text)
{
	struct size size = {.width = 1, .objects = 1};
	int err = 0;

	if (strlen(text) > TEXT_MAX)
		return -E2BIG;
	if (*text == '(')
		err = read_attributes(&text, &size);
	while (!err && *(text += strspn(text, " \n"))) {
		err = *text == '[' ? read_attached(&text, &size)
				   : read_level(&text, &size);
		if (!err && !is_bounded(&size))
			err = -E2BIG;
	}
	return !err && size.objects == 1 ? -EINVAL : err;
}

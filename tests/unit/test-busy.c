/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who else runs, on recorded trees. */
#include <config.h>

#include "experiment/busy.h"

#include <errno.h>
#include <stdio.h>

#include "tap.h"
#include "tree.h"

/* Fields 4 to 38 of a stat. */
#define FIELDS                                                                 \
	"1 1 1 0 -1 4194304 1 0 0 0 5 6 0 0 20 0 1 0 100 1000 10 1 1 1 1 1 "   \
	"1 0 0 0 0 0 0 0 17 "

/* A look that runs out of its time is taken again: under load, or emulated. */
#define LOOKS 100

static int look(const struct tree_file *files, struct busy *busy)
{
	char *root = tree_make(files);
	int error = busy_look(root, busy);

	for (int i = 1; i < LOOKS && !error && busy->others && !busy->count;
	     i++)
		error = busy_look(root, busy);
	tree_remove(root);
	return error;
}

static void check_found(void)
{
	static const struct tree_file files[] = {
		{"proc/loadavg", "0.50 0.40 0.30 3/99 1234\n"},
		{"proc/7/stat", "7 (a) b) R " FIELDS "3 0 0\n"},
		{"proc/8/stat", "8 (asleep) S " FIELDS "1 0 0\n"},
		{"proc/9/stat", "9 (cut) R 1 1\n"},
		{"proc/self/stat", "10 (self) R " FIELDS "1 0 0\n"},
		{0},
	};
	struct busy busy;

	tap_is_int(look(files, &busy), 0, "a look");
	tap_is_int((int64_t)busy.others, 2, "two could run besides");
	tap_is_int((int64_t)busy.count, 1, "one of them is found");
	tap_is_int(busy.found[0].pid, 7, "its number");
	tap_is_int(busy.found[0].cpu, 3, "its CPU");
	tap_is_text(busy.found[0].name, "a) b", "its name");
}

/* More are busy than can be told. */
static void check_newest(void)
{
	enum { MOST = 40 };
	struct tree_file files[MOST + 2] = {
		{"proc/loadavg", "9.50 0.40 0.30 99/99 1234\n"}};
	char paths[MOST][32], texts[MOST][200];
	struct busy busy;

	for (int i = 0; i < MOST; i++) {
		snprintf(paths[i], sizeof paths[i], "proc/%d/stat", 90 + i);
		snprintf(texts[i], sizeof texts[i],
			 "%d (x) R " FIELDS "1 0 0\n", 90 + i);
		files[i + 1] = (struct tree_file){paths[i], texts[i]};
	}
	tap_is_int(look(files, &busy), 0, "many");
	tap_ok(busy.count < MOST, "not all of them are told");
	tap_is_int(busy.found[0].pid, 90 + MOST - 1, "the newest is");
}

static void check_quiet(void)
{
	static const struct tree_file alone[] = {
		{"proc/loadavg", "0.50 0.40 0.30 1/99 1234\n"},
		{"proc/7/stat", "7 (a) R " FIELDS "3 0 0\n"},
		{0},
	};
	static const struct tree_file garbage[] = {
		{"proc/loadavg", "lots/99\n"},
		{0},
	};
	static const struct tree_file nothing[] = {{0}};
	struct busy busy;

	tap_is_int(look(alone, &busy), 0, "nobody else");
	tap_is_int((int64_t)busy.count, 0, "is not searched for");
	tap_is_int(look(garbage, &busy), -ENODATA, "no number");
	tap_is_int(look(nothing, &busy), -ENOENT, "no /proc");
}

int main(void)
{
	check_found();
	check_newest();
	check_quiet();
	return tap_done();
}

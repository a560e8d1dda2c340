/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "seeds.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_LIMIT 4096
#define TEXT_LIMIT 65536

__attribute__((noreturn)) static void give_up(const char *what)
{
	printf("Bail out! %s\n", what);
	exit(EXIT_FAILURE);
}

static void add(struct seeds *seeds, const char *text)
{
	char *copy = strdup(text);

	if (!copy || seeds->count == SEEDS_MAX)
		give_up("too many seeds");
	seeds->texts[seeds->count++] = copy;
}

/* In place: \n, \t, \\ and \xNN. */
static void decode(char *text)
{
	char *to = text;

	while (*text) {
		unsigned byte;

		if (*text != '\\') {
			*to++ = *text++;
			continue;
		}
		text++;
		if (*text == 'x' && sscanf(text + 1, "%2x", &byte) == 1) {
			*to++ = (char)byte;
			text += 3;
		} else if (*text) {
			*to++ = *text == 'n'   ? '\n'
				: *text == 't' ? '\t'
					       : *text;
			text++;
		}
	}
	*to = '\0';
}

static void read_lines(const char *path, struct seeds *seeds)
{
	static char line[TEXT_LIMIT];
	FILE *file = fopen(path, "re");

	if (!file)
		give_up(path);
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		decode(line);
		add(seeds, line);
	}
	fclose(file);
}

static void read_whole(const char *path, struct seeds *seeds)
{
	static char text[TEXT_LIMIT];
	FILE *file = fopen(path, "re");
	size_t n;

	if (!file)
		give_up(path);
	n = fread(text, 1, sizeof text - 1, file);
	text[n] = '\0';
	fclose(file);
	add(seeds, text);
}

static void read_topologies(const char *corpus, struct seeds *seeds)
{
	char pattern[PATH_LIMIT];
	glob_t found;

	snprintf(pattern, sizeof pattern, "%s/../../topologies/*.xml", corpus);
	if (glob(pattern, 0, NULL, &found))
		give_up("no topologies");
	for (size_t i = 0; i < found.gl_pathc; i++)
		read_whole(found.gl_pathv[i], seeds);
	globfree(&found);
}

void seeds_read(const char *corpus, const char *name, struct seeds *seeds)
{
	char path[PATH_LIMIT];

	*seeds = (struct seeds){.count = 0};
	snprintf(path, sizeof path, "%s/%s", corpus, name);
	read_lines(path, seeds);
	if (!strcmp(name, "xml"))
		read_topologies(corpus, seeds);
}

void seeds_free(struct seeds *seeds)
{
	while (seeds->count)
		free(seeds->texts[--seeds->count]);
}

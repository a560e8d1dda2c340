/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "topology/topology-hwloc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/message.h"

/* A machine of a hundred thousand PUs takes less; the rest is no machine. */
#define XML_MAX_BYTES (64l << 20)

/* hwloc's variables in the order in which it heeds them. */
static const struct variable {
	const char *name;
	enum source_kind kind;
} variables[] = {
	{"HWLOC_FSROOT", SOURCE_FSROOT},
	{"HWLOC_CPUID_PATH", SOURCE_CPUID},
	{"HWLOC_SYNTHETIC", SOURCE_SYNTHETIC},
	{"HWLOC_XMLFILE", SOURCE_XML},
};

/* hwloc passes over a directory that does not hold what it looks for. */
static int check_directory(const struct source *source, const char *holds)
{
	char *path = NULL;
	struct stat st;
	int err = 0;

	if (asprintf(&path, "%s/%s", source->text, holds) < 0)
		return -ENOMEM;
	if (stat(path, &st)) {
		err = -errno;
		message_error("%s: cannot read a machine below '%s': '%s': %s",
			      source->why_not, source->text, path,
			      strerror(-err));
	}
	free(path);
	return err;
}

static int check_xml(const struct source *source)
{
	const char *problem = NULL;
	struct stat st;
	int err = -EINVAL;

	if (stat(source->text, &st)) {
		err = -errno;
		problem = strerror(errno);
	} else if (!S_ISREG(st.st_mode)) {
		problem = "not a regular file";
	} else if (st.st_size > XML_MAX_BYTES) {
		problem = "too large for a description of a machine";
	}
	if (!problem)
		return 0;
	message_error("%s: cannot read '%s': %s", source->why_not, source->text,
		      problem);
	return err;
}

static int check_synthetic(const struct source *source)
{
	int err = synthetic_check(source->text);

	if (err == -E2BIG)
		message_error(
			"%s: '%s' describes a machine too large for hwloc",
			source->why_not, source->text);
	else if (err)
		message_error("%s: '%s' is neither a file nor a synthetic "
			      "description of a machine",
			      source->why_not, source->text);
	return err;
}

static int check(const struct source *source)
{
	switch (source->kind) {
	case SOURCE_SYSTEM:
		return 0;
	case SOURCE_XML:
		return check_xml(source);
	case SOURCE_SYNTHETIC:
		return check_synthetic(source);
	case SOURCE_FSROOT:
		return check_directory(source, "sys/devices/system/cpu");
	case SOURCE_CPUID:
		return check_directory(source, "hwloc-cpuid-info");
	}
	return -EINVAL;
}

/* No synthetic description has a slash, ends in .xml, or names a file. */
static bool is_path(const char *input)
{
	size_t length = strlen(input);
	struct stat st;

	return strchr(input, '/') ||
	       (length >= 4 && !strcasecmp(input + length - 4, ".xml")) ||
	       !stat(input, &st);
}

/* An empty variable, and a file system that is this system's, say nothing. */
static bool points_elsewhere(const struct variable *variable)
{
	const char *value = getenv(variable->name);

	if (!value || !*value)
		return false;
	return variable->kind != SOURCE_FSROOT || strcmp(value, "/") != 0;
}

static void choose_by_environment(struct source *source)
{
	const char *this_system = getenv("HWLOC_THISSYSTEM");

	*source = (struct source){.kind = SOURCE_SYSTEM};
	if (this_system && !strcmp(this_system, "0"))
		source->why_not = "HWLOC_THISSYSTEM";
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		if (!points_elsewhere(&variables[i]))
			continue;
		source->kind = variables[i].kind;
		source->text = getenv(variables[i].name);
		source->why_not = variables[i].name;
		return;
	}
}

int source_choose(const char *input, struct source *source)
{
	if (input) {
		source->kind = is_path(input) ? SOURCE_XML : SOURCE_SYNTHETIC;
		source->text = input;
		source->why_not = "--input";
	} else {
		choose_by_environment(source);
	}
	return check(source);
}

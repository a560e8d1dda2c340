/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "explain/explain.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiment/summary.h"
#include "explain/explain-parts.h"

#define SENTENCE_MAX 1024

void explain_sentence(const struct explanation *x, const char *format, ...)
{
	char text[SENTENCE_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	x->say(x->arg, text);
}

/* What tells configurations apart beside mode and workers. */
static const struct {
	const char *name;
	size_t offset; /* of a text in struct config_record */
} labels[] = {
	{"bind", offsetof(struct config_record, bind)},
	{"kernel", offsetof(struct config_record, kernel)},
	{"sharing", offsetof(struct config_record, sharing)},
	{"places", offsetof(struct config_record, places)},
	{"ipc", offsetof(struct config_record, ipc)},
};

static const char *label(const struct explanation *x, size_t config,
			 size_t which)
{
	const char *text,
		*record = (const char *)&x->experiment->configs[config].record;

	memcpy(&text, record + labels[which].offset, sizeof text);
	return text;
}

static bool label_varies(const struct explanation *x, size_t which)
{
	const char *first = NULL, *text;

	for (size_t i = 0; i < x->experiment->count; i++) {
		text = label(x, i, which);
		if (text && first && strcmp(text, first) != 0)
			return true;
		first = first ? first : text;
	}
	return false;
}

static void append(char buffer[EXPLAIN_NAME_MAX], const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void append(char buffer[EXPLAIN_NAME_MAX], const char *format, ...)
{
	size_t length = strlen(buffer);
	va_list args;

	va_start(args, format);
	vsnprintf(buffer + length, EXPLAIN_NAME_MAX - length, format, args);
	va_end(args);
}

const char *explain_name(const struct explanation *x, size_t config,
			 char buffer[EXPLAIN_NAME_MAX])
{
	const struct config *c = &x->experiment->configs[config];

	*buffer = '\0';
	append(buffer, "configuration %zu (%s", config + 1, c->record.mode);
	if (!c->setup.executor->alone)
		append(buffer, ", %lld worker%s", (long long)c->record.workers,
		       c->record.workers == 1 ? "" : "s");
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (label(x, config, i) && label_varies(x, i))
			append(buffer, ", %s %s", labels[i].name,
			       label(x, config, i));
	append(buffer, ")");
	return buffer;
}

static int (*const topics[])(const struct explanation *) = {
	explain_losses, explain_differences, explain_census,
	explain_causes, explain_clock,	     explain_firmness,
};

static int explain_all(const struct explanation *x)
{
	int error = 0;

	for (size_t i = 0; i < sizeof topics / sizeof *topics && !error; i++)
		error = topics[i](x);
	return error;
}

int explain_write(const struct experiment *e, explain_say *say, void *arg)
{
	struct summary_record *rows;
	int error = 0;

	if (!e->rounds)
		return 0;
	rows = calloc(e->count, sizeof *rows);
	if (!rows)
		return -ENOMEM;
	for (size_t i = 0; i < e->count && !error; i++)
		error = summary_of(e, i, &rows[i]);
	if (!error)
		error = explain_all(&(struct explanation){
			.experiment = e,
			.rows = rows,
			.say = say,
			.arg = arg,
		});
	free(rows);
	return error;
}

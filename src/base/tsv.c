/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/tsv.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "base/procfile.h"

/* More is no report of runs. */
#define SIZE_LIMIT ((size_t)1 << 30)

static int refuse(const struct tsv *tsv, size_t line, const char *what)
{
	message_error("%s: line %zu: %s", tsv->file, line, what);
	return -EINVAL;
}

static size_t count_of(const char *text, size_t length, char c)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += text[i] == c;
	return count;
}

/* Cut one line into its fields, each of which becomes a string. */
static int cut_line(struct tsv *tsv, char *line, size_t number)
{
	char **field = tsv->fields + (number - 1) * tsv->columns;
	size_t length = strlen(line);

	if (count_of(line, length, '\t') + 1 != tsv->columns)
		return refuse(tsv, number,
			      "it has another number of fields than the "
			      "header");
	while ((*field = strsep(&line, "\t")))
		if (!*(*field++))
			return refuse(tsv, number, "a field is empty");
		else if (!line)
			break;
	return 0;
}

static int check_header(const struct tsv *tsv)
{
	for (size_t i = 0; i < tsv->columns; i++)
		if (tsv_column(tsv, tsv->fields[i]) != i)
			return refuse(tsv, 1, "a column is named twice");
	return 0;
}

static int cut(struct tsv *tsv, size_t length)
{
	size_t lines = count_of(tsv->text, length, '\n');
	char *rest = tsv->text;
	int error = 0;

	if (!length)
		return refuse(tsv, 1, "the file is empty");
	if (tsv->text[length - 1] != '\n')
		return refuse(tsv, lines + 1, "it is cut short: no line end");
	if (strlen(tsv->text) != length)
		return refuse(tsv, 1, "the file is not text");
	tsv->rows = lines - 1;
	tsv->columns = count_of(tsv->text, strcspn(tsv->text, "\n"), '\t') + 1;
	tsv->fields = calloc(lines * tsv->columns, sizeof *tsv->fields);
	if (!tsv->fields)
		return -ENOMEM;
	for (size_t i = 1; i <= lines && !error; i++)
		error = cut_line(tsv, strsep(&rest, "\n"), i);
	return error ? error : check_header(tsv);
}

int tsv_read(const char *file, struct tsv *tsv)
{
	size_t length;
	int error;

	*tsv = (struct tsv){.file = file};
	error = procfile_read(file, SIZE_LIMIT, &tsv->text, &length);
	if (!error)
		error = cut(tsv, length);
	if (error && error != -EINVAL)
		message_error("cannot read %s: %s", file, strerror(-error));
	if (error)
		tsv_free(tsv);
	return error;
}

void tsv_free(struct tsv *tsv)
{
	free(tsv->fields);
	free(tsv->text);
	tsv->fields = NULL;
	tsv->text = NULL;
}

size_t tsv_column(const struct tsv *tsv, const char *name)
{
	for (size_t i = 0; i < tsv->columns; i++)
		if (!strcmp(tsv->fields[i], name))
			return i;
	return TSV_NO_COLUMN;
}

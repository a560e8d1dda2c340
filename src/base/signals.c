/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/signals.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static const int stop_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

#define N_STOP (sizeof stop_signals / sizeof *stop_signals)

/* A handler has nothing else to reach them by. */
static atomic_int stop_signal;
static _Atomic(atomic_uint *) wake_word;
static bool pipe_was_default;
static pid_t tool;

static void wake(void)
{
	atomic_uint *word = atomic_load(&wake_word);

	if (word)
		atomic_fetch_add(word, 1);
}

/* In a forked worker, which keeps the tool's handlers: to reset each of them
 * would be a system call after every fork.  The signal comes again at the
 * handler's end. */
static void end_worker(int sig)
{
	signal(sig, SIG_DFL);
	raise(sig);
}

static void on_stop(int sig)
{
	int none = 0;

	if (getpid() != tool) {
		end_worker(sig);
		return;
	}
	atomic_compare_exchange_strong(&stop_signal, &none, sig);
	wake();
}

static void on_child(int sig)
{
	(void)sig;
	wake();
}

static int catch (int sig, void (*handler)(int), int flags)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};

	sigemptyset(&action.sa_mask);
	return sigaction(sig, &action, NULL) ? -errno : 0;
}

static bool is_ignored(int sig)
{
	struct sigaction action;

	return sigaction(sig, NULL, &action) == 0 &&
	       action.sa_handler == SIG_IGN;
}

static void caught_set(sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < N_STOP; i++)
		sigaddset(set, stop_signals[i]);
	sigaddset(set, SIGCHLD);
}

static int unblock(void)
{
	sigset_t set;

	caught_set(&set);
	return sigprocmask(SIG_UNBLOCK, &set, NULL) ? -errno : 0;
}

int signals_init(void)
{
	int error = 0;

	tool = getpid();
	for (size_t i = 0; i < N_STOP && !error; i++)
		if (!is_ignored(stop_signals[i]))
			error = catch (stop_signals[i], on_stop, 0);
	if (!error)
		error = catch (SIGCHLD, on_child, SA_NOCLDSTOP);
	pipe_was_default = !is_ignored(SIGPIPE);
	if (!error)
		error = catch (SIGPIPE, SIG_IGN, 0);
	/* A file at its limit is an error of write(2), with a message. */
	if (!error)
		error = catch (SIGXFSZ, SIG_IGN, 0);
	/* A caller that blocked them would make the tool deaf, and its
	 * workers too. */
	return error ? error : unblock();
}

int signals_stop(void)
{
	return atomic_load_explicit(&stop_signal, memory_order_relaxed);
}

void signals_set_word(atomic_uint *word)
{
	atomic_store(&wake_word, word);
}

int signals_block(sigset_t *old)
{
	sigset_t set;

	caught_set(&set);
	return -pthread_sigmask(SIG_BLOCK, &set, old);
}

int signals_restore(const sigset_t *old)
{
	return -pthread_sigmask(SIG_SETMASK, old, NULL);
}

int signals_die(int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	catch (sig, SIG_DFL, 0);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(sig);
	return 128 + sig;
}

void signals_die_of_pipe(void)
{
	if (pipe_was_default)
		signals_die(SIGPIPE);
}

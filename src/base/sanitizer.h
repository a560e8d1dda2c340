/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether this is built with the sanitizer of threads: gcc has a macro for
 * that, clang another way.
 */
#ifndef PINSUM_SANITIZER_H
#define PINSUM_SANITIZER_H

#if defined __SANITIZE_THREAD__
#define UNDER_THREAD_SANITIZER 1
#elif defined __has_feature
#if __has_feature(thread_sanitizer)
#define UNDER_THREAD_SANITIZER 1
#endif
#endif

#ifndef UNDER_THREAD_SANITIZER
#define UNDER_THREAD_SANITIZER 0
#endif

#endif

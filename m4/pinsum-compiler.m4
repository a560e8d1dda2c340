# SPDX-License-Identifier: GPL-3.0-or-later

# PINSUM_CC_C17
# Adds to CC what makes the compiler take C17 with GNU extensions, as
# AC_PROG_CC does for C11 (autoconf 2.71 knows no C17).
AC_DEFUN([PINSUM_CC_C17],
[AC_CACHE_CHECK([for the option that selects C17], [pinsum_cv_cc_c17],
    [pinsum_cv_cc_c17=no
    pinsum_save_CC=$CC
    for pinsum_option in -std=gnu17 -std=gnu18 -std=gnu1x ''; do
        CC="$pinsum_save_CC $pinsum_option"
        AC_COMPILE_IFELSE([AC_LANG_SOURCE([[
#if __STDC_VERSION__ < 201710L
#error "not C17"
#endif
_Static_assert(sizeof(long long) == 8, "64 bits");
_Thread_local int here;
]])], [pinsum_cv_cc_c17=${pinsum_option:-none needed}; break])
    done
    CC=$pinsum_save_CC])
AS_CASE([$pinsum_cv_cc_c17],
    [no], [AC_MSG_ERROR([$CC does not compile C17])],
    ['none needed'], [],
    [CC="$CC $pinsum_cv_cc_c17"])])

# PINSUM_CFLAG(VARIABLE, FLAG, [IF-TAKEN])
# Appends FLAG to VARIABLE where the compiler takes it without a warning.
AC_DEFUN([PINSUM_CFLAG],
[AS_VAR_PUSHDEF([taken], [pinsum_cv_cflag_$2])dnl
AC_CACHE_CHECK([whether $CC takes $2], [taken],
    [pinsum_save_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS -Werror $2"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
        [AS_VAR_SET([taken], [yes])], [AS_VAR_SET([taken], [no])])
    CFLAGS=$pinsum_save_CFLAGS])
AS_VAR_IF([taken], [yes], [AS_VAR_APPEND([$1], [" $2"])
    $3])dnl
AS_VAR_POPDEF([taken])])

# PINSUM_LDFLAG(VARIABLE, FLAG, [COMPILER-FLAG])
# Appends FLAG to VARIABLE where a program links and compiles with it.
AC_DEFUN([PINSUM_LDFLAG],
[AS_VAR_PUSHDEF([taken], [pinsum_cv_ldflag_$2])dnl
AC_CACHE_CHECK([whether $CC links with $2], [taken],
    [pinsum_save_CFLAGS=$CFLAGS
    pinsum_save_LDFLAGS=$LDFLAGS
    CFLAGS="$CFLAGS -Werror $3"
    LDFLAGS="$LDFLAGS $2"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
        [AS_VAR_SET([taken], [yes])], [AS_VAR_SET([taken], [no])])
    CFLAGS=$pinsum_save_CFLAGS
    LDFLAGS=$pinsum_save_LDFLAGS])
AS_VAR_IF([taken], [yes], [AS_VAR_APPEND([$1], [" $2"])])dnl
AS_VAR_POPDEF([taken])])

# PINSUM_SYSTEM_HEADERS(VARIABLE)
# Turns -I of a library into -isystem: our warnings are not for its headers.
# Where the compiler searches anyway, -isystem would change the order.
AC_DEFUN([PINSUM_SYSTEM_HEADERS],
[pinsum_flags=
for pinsum_flag in $$1; do
    AS_CASE([$pinsum_flag],
        [-I/usr/include|-I/usr/include/], [],
        [-I*], [pinsum_flag="-isystem `AS_ECHO(["$pinsum_flag"]) | sed 's/^-I//'`"])
    AS_VAR_APPEND([pinsum_flags], [" $pinsum_flag"])
done
$1=$pinsum_flags])

# PINSUM_WARNINGS
# WARN_CFLAGS for our own code, each warning probed; --enable-werror.
AC_DEFUN([PINSUM_WARNINGS],
[AC_ARG_ENABLE([werror],
    [AS_HELP_STRING([--enable-werror], [make warnings errors (for developers)])],
    [], [enable_werror=no])
WARN_CFLAGS=
m4_foreach_w([pinsum_warning],
    [-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion
    -Wfloat-conversion -Wshadow -Wundef -Wvla -Walloca
    -Wstrict-prototypes -Wmissing-prototypes -Wmissing-declarations
    -Wmissing-variable-declarations -Wold-style-definition -Wredundant-decls
    -Wnested-externs -Wcast-qual -Wcast-align -Wwrite-strings
    -Wpointer-arith -Wformat=2 -Wimplicit-fallthrough -Wlogical-op
    -Wduplicated-cond -Wduplicated-branches -Winit-self -Wdate-time -Wcomma
    -Wunreachable-code],
    [PINSUM_CFLAG([WARN_CFLAGS], pinsum_warning)
])
AS_VAR_IF([enable_werror], [no], [], [AS_VAR_APPEND([WARN_CFLAGS], [" -Werror"])])
AC_SUBST([WARN_CFLAGS])])

# PINSUM_SANITIZER
# --enable-sanitizer=LIST: builds with gcc's and clang's checkers.
AC_DEFUN([PINSUM_SANITIZER],
[AC_ARG_ENABLE([sanitizer],
    [AS_HELP_STRING([--enable-sanitizer=LIST],
        [build with -fsanitize=LIST, as address,undefined or thread])],
    [], [enable_sanitizer=no])
AS_CASE([$enable_sanitizer],
    [yes], [AC_MSG_ERROR([--enable-sanitizer needs a list, as address,undefined])],
    [no], [pinsum_sanitizer=none
        SANITIZER_CFLAGS=],
    [pinsum_sanitizer=$enable_sanitizer
    SANITIZER_CFLAGS="-fsanitize=$enable_sanitizer -fno-sanitize-recover=all dnl
-fno-omit-frame-pointer"
    pinsum_save_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS $SANITIZER_CFLAGS"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [],
        [AC_MSG_ERROR([$CC does not link with -fsanitize=$enable_sanitizer])])
    CFLAGS=$pinsum_save_CFLAGS])
AC_SUBST([SANITIZER_CFLAGS])])

# PINSUM_COVERAGE
# --enable-coverage: counts the lines that tests reach, for `make coverage`.
AC_DEFUN([PINSUM_COVERAGE],
[AC_ARG_ENABLE([coverage],
    [AS_HELP_STRING([--enable-coverage],
        [count the lines that are reached, for make coverage (gcc)])],
    [], [enable_coverage=no])
COVERAGE_CFLAGS=
AS_IF([test "x$enable_coverage" != xno],
    [PINSUM_CFLAG([COVERAGE_CFLAGS], [--coverage])
    PINSUM_CFLAG([COVERAGE_CFLAGS], [-fprofile-update=atomic])])
AM_CONDITIONAL([COVERAGE], [test "x$enable_coverage" != xno])
AC_SUBST([COVERAGE_CFLAGS])])

# PINSUM_HARDENING
# HARDEN_CFLAGS, HARDEN_LDFLAGS and the macro of config.h for fortified
# functions: what distributions ask for, where it works.
AC_DEFUN([PINSUM_HARDENING],
[AC_REQUIRE([PINSUM_SANITIZER])dnl
AC_ARG_ENABLE([hardening],
    [AS_HELP_STRING([--disable-hardening],
        [leave out stack protection, PIE, RELRO and fortified functions])],
    [], [enable_hardening=yes])
HARDEN_CFLAGS=
HARDEN_LDFLAGS=
AS_IF([test "x$enable_sanitizer" != xno], [enable_hardening=no])
AS_IF([test "x$enable_hardening" != xno],
    [PINSUM_CFLAG([HARDEN_CFLAGS], [-fstack-protector-strong])
    PINSUM_CFLAG([HARDEN_CFLAGS], [-fstack-clash-protection])
    AS_CASE([$host_cpu], [i?86|x86_64],
        [PINSUM_CFLAG([HARDEN_CFLAGS], [-fcf-protection])])
    AS_CASE(["$CFLAGS $LDFLAGS "], [*-static*|*-no-pie*], [],
        [PINSUM_LDFLAG([HARDEN_LDFLAGS], [-pie], [-fPIE])])
    AS_CASE([$HARDEN_LDFLAGS], [*-pie*],
        [AS_VAR_APPEND([HARDEN_CFLAGS], [" -fPIE"])])
    PINSUM_LDFLAG([HARDEN_LDFLAGS], [[-Wl,-z,relro]])
    PINSUM_LDFLAG([HARDEN_LDFLAGS], [[-Wl,-z,now]])
    dnl Nothing is left to be bound late: every forked worker is spared a page.
    AS_CASE([$HARDEN_LDFLAGS], [*-z,now*],
        [PINSUM_CFLAG([HARDEN_CFLAGS], [-fno-plt])])
    AC_DEFINE([FORTIFY], [1], [Define to use fortified functions.])])
pinsum_hardening=$enable_hardening
# In config.h and not in CPPFLAGS: only there is it known for each compilation
# whether it optimises, and fortified functions warn where it does not.
AH_BOTTOM([#if defined FORTIFY && defined __OPTIMIZE__ && !defined _FORTIFY_SOURCE
# define _FORTIFY_SOURCE 2
#endif])
AC_SUBST([HARDEN_CFLAGS])
AC_SUBST([HARDEN_LDFLAGS])])

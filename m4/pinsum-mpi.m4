# SPDX-License-Identifier: GPL-3.0-or-later

# PINSUM_MPI
# --with-mpi[=MPICC]: MPI_CFLAGS and MPI_LIBS from what the MPI compiler says
# that it would run, so that pinsum-mpi is built by our own compiler and with
# our own flags. Makes the conditional MPI.
AC_DEFUN([PINSUM_MPI],
[AC_ARG_WITH([mpi],
    [AS_HELP_STRING([--with-mpi@<:@=MPICC@:>@],
        [build pinsum-mpi, for many hosts, with the MPI of MPICC @<:@mpicc@:>@])],
    [], [with_mpi=no])
MPI_CFLAGS= MPI_LIBS= pinsum_mpi=no
AS_IF([test "x$with_mpi" != xno],
    [AS_CASE([$with_mpi], [yes], [with_mpi=mpicc])
    AC_PATH_PROG([MPICC], [$with_mpi], [no])
    AS_IF([test "x$MPICC" = xno],
        [AC_MSG_ERROR([--with-mpi: $with_mpi was not found (Debian: libopenmpi-dev or libmpich-dev)])])
    pinsum_show=`$MPICC -show 2>/dev/null | sed 's/^@<:@^ @:>@* //'`
    for pinsum_flag in $pinsum_show; do
        AS_CASE([$pinsum_flag],
            [-I*|-D*|-pthread], [AS_VAR_APPEND([MPI_CFLAGS], [" $pinsum_flag"])],
            [-L*|-l*|-Wl,*], [AS_VAR_APPEND([MPI_LIBS], [" $pinsum_flag"])])
    done
    PINSUM_SYSTEM_HEADERS([MPI_CFLAGS])
    pinsum_save_CPPFLAGS=$CPPFLAGS pinsum_save_LIBS=$LIBS
    CPPFLAGS="$CPPFLAGS $MPI_CFLAGS" LIBS="$LIBS $MPI_LIBS"
    AC_MSG_CHECKING([whether programs link with MPI])
    AC_LINK_IFELSE([AC_LANG_PROGRAM([[
#include <mpi.h>
#if MPI_VERSION < 3
#error "older than MPI 3"
#endif
]], [[return MPI_Init(0, 0);]])],
        [AC_MSG_RESULT([yes])],
        [AC_MSG_RESULT([no])
        AC_MSG_ERROR([--with-mpi: $MPICC -show gives no flags that link a program with MPI 3 or later])])
    CPPFLAGS=$pinsum_save_CPPFLAGS LIBS=$pinsum_save_LIBS
    pinsum_mpi=$MPICC])
AC_SUBST([MPI_CFLAGS])
AC_SUBST([MPI_LIBS])
AM_CONDITIONAL([MPI], [test "x$pinsum_mpi" != xno])])

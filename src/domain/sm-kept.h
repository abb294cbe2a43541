/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/** SmKept: whether a sign-in outlasts this run of the program, and if not, why. */
typedef enum
{
  SM_KEPT_UNKNOWN,   /* nobody has looked yet */
  SM_KEPT_OFF,       /* not wanted */
  SM_KEPT_READY,     /* the desktop's keyring takes it */
  SM_KEPT_ABSENT,    /* no keyring is running */
  SM_KEPT_REFUSED,   /* there is one that does not take it or does not answer */
  SM_KEPT_ELSEWHERE, /* another window of this program keeps its own for this service */
} SmKept;

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-kept-words.h"

#include <glib/gi18n-lib.h>

/** sm_kept_words: Returns: whether the password is asked for at the next start, and why */
const char *
sm_kept_words (SmKept kept)
{
  switch (kept)
    {
    case SM_KEPT_READY:
      return _("You stay signed in over a restart: what that needs is in the keyring of your "
               "desktop. The password is not kept.");
    case SM_KEPT_ABSENT:
      return _("No keyring is running, so nothing is kept: the password is asked for at each "
               "start.");
    case SM_KEPT_REFUSED:
      return _("The keyring of your desktop is locked or does not answer, so nothing is kept: the "
               "password is asked for at each start.");
    case SM_KEPT_ELSEWHERE:
      return _("Another window of this program stays signed in here; this one asks for the "
               "password at each start.");
    case SM_KEPT_OFF:
      return _("Nothing is kept: the password is asked for at each start.");
    case SM_KEPT_UNKNOWN:
    default:
      return _("The password is not kept.");
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-account.h"

struct _SmWallAccount
{
  char *user;
  char *password;
  SmOps *ops;
  GCancellable *cancellable;
  gboolean has_signed_in; /* once, with this network */
  gboolean is_trying;
  gint64 next_us; /* monotonic */
  guint n_failed;
};

SmWallAccount *
sm_wall_account_new (const char *user,
                     const char *password)
{
  SmWallAccount *self = g_new0 (SmWallAccount, 1);

  self->user = g_strdup (user);
  self->password = g_strdup (password);
  return self;
}

static void
forget_ops (SmWallAccount *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->ops);
}

void
sm_wall_account_free (SmWallAccount *self)
{
  forget_ops (self);
  g_free (self->user);
  g_free (self->password);
  g_free (self);
}

/** sm_wall_account_set_ops: With whom it signs in from now on, with the next tick. */
void
sm_wall_account_set_ops (SmWallAccount *self,
                         SmOps         *ops)
{
  forget_ops (self);
  self->ops = g_object_ref (ops);
  self->cancellable = g_cancellable_new ();
  self->has_signed_in = self->is_trying = FALSE;
  self->n_failed = 0;
  self->next_us = 0;
}

/** sm_wall_account_wait_us: Returns: until the next attempt after so many that failed in a row */
gint64
sm_wall_account_wait_us (guint n_failed)
{
  return MIN (SM_WALL_SIGN_IN_US << MIN (n_failed > 0 ? n_failed - 1 : 0, 10),
              SM_WALL_SIGN_IN_LONGEST_US);
}

typedef struct
{
  SmWallAccount *account;
  GCancellable *cancellable; /* cancelled: the account is gone, or follows another network */
} Attempt;

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Attempt *attempt = user_data;
  g_autoptr (GCancellable) cancellable = attempt->cancellable;
  SmWallAccount *self = attempt->account;
  g_autoptr (GError) error = NULL;
  gboolean is_signed_in = sm_ops_sign_in_finish (SM_OPS (source), result, &error);

  g_free (attempt);
  if (g_cancellable_is_cancelled (cancellable))
    return;
  self->is_trying = FALSE;
  self->has_signed_in |= is_signed_in;
  self->n_failed = is_signed_in ? 0 : self->n_failed + 1;
  if (is_signed_in)
    return;
  self->next_us = g_get_monotonic_time () + sm_wall_account_wait_us (self->n_failed);
  g_message ("the wall could not sign in: %s", error->message);
}

/** sm_wall_account_tick: Signs in when nobody is and the last attempt is long enough ago. */
void
sm_wall_account_tick (SmWallAccount *self,
                      gint64         now_us)
{
  Attempt *attempt;

  if (self->ops == NULL || self->is_trying || now_us < self->next_us
      || (self->has_signed_in
          && sm_status_get_state (sm_ops_get_status (self->ops)) != SM_STATUS_SIGNED_OUT))
    return;
  self->is_trying = TRUE;
  attempt = g_new0 (Attempt, 1);
  *attempt = (Attempt){ self, g_object_ref (self->cancellable) };
  sm_ops_sign_in_async (self->ops, self->user, self->password, self->cancellable, signed_in_cb,
                        attempt);
}

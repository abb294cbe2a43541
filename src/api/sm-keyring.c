/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-api"
#include "config.h"

#include "sm-keyring.h"

#include <libsecret/secret.h>

static const SecretSchema schema = {
  .name = "io.github.stationmaster.SignIn",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "service", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

/* One question to the keyring, with a main context of its own. */
typedef struct
{
  GCancellable *cancellable; /* cancelled by the caller's, and by the time */
  GAsyncResult *result;
} Question;

static gboolean
too_long_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Question *question = user_data;

  question->result = g_object_ref (result);
}

typedef void (*AskFunc) (Question   *question,
                         GHashTable *attributes,
                         const char *secret);

/* Returns: (transfer full): the result of what @ask began; it always comes */
static GAsyncResult *
ask_and_wait (AskFunc        ask,
              const char    *server_url,
              const char    *secret,
              GCancellable  *cancellable)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GCancellable) own = g_cancellable_new ();
  g_autoptr (GSource) timer = g_timeout_source_new_seconds (SM_KEYRING_TIMEOUT_S);
  g_autoptr (GHashTable) attributes
      = secret_attributes_build (&schema, "service", server_url, NULL);
  Question question = { own, NULL };
  gulong handler = 0;

  g_main_context_push_thread_default (context);
  g_source_set_callback (timer, too_long_cb, own, NULL);
  g_source_attach (timer, context);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), own, NULL);
  ask (&question, attributes, secret);
  while (question.result == NULL)
    g_main_context_iteration (context, TRUE);
  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);
  g_source_destroy (timer);
  /* Else a keyring that is started anew is never found again. */
  secret_service_disconnect ();
  g_main_context_pop_thread_default (context);
  return question.result;
}

static gboolean
has_bus (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  return bus != NULL;
}

static SmKept
judge (GError *error)
{
  SmKept kept = SM_KEPT_READY;

  if (error == NULL)
    return kept;
  /* Nobody of that name is on the bus, and nothing there starts one. */
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND) || !has_bus ())
    kept = SM_KEPT_ABSENT;
  else
    kept = SM_KEPT_REFUSED;
  /* libsecret's sentences name paths and methods of the bus, never a secret. */
  g_info ("keyring: %s", error->message);
  g_error_free (error);
  return kept;
}

static void
ask_load (Question   *question,
          GHashTable *attributes,
          const char *secret)
{
  secret_password_lookupv (&schema, attributes, question->cancellable, answered_cb, question);
}

/**
 * sm_keyring_load:
 * @out_refresh_token: (out) (transfer full) (nullable): NULL: nothing is kept there
 */
SmKept
sm_keyring_load (const char    *server_url,
                 GCancellable  *cancellable,
                 char         **out_refresh_token)
{
  g_autoptr (GAsyncResult) result = ask_and_wait (ask_load, server_url, NULL, cancellable);
  GError *error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  *out_refresh_token = g_strdup (secret);
  secret_password_free (secret);
  return judge (error);
}

static void
ask_store (Question   *question,
           GHashTable *attributes,
           const char *secret)
{
  const char *server_url = g_hash_table_lookup (attributes, "service");
  g_autofree char *label = g_strdup_printf ("Stationmaster (%s)", server_url);

  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret,
                          question->cancellable, answered_cb, question);
}

/** sm_keyring_store: Takes the place of what was kept for that service. */
SmKept
sm_keyring_store (const char   *server_url,
                  const char   *refresh_token,
                  GCancellable *cancellable)
{
  g_autoptr (GAsyncResult) result
      = ask_and_wait (ask_store, server_url, refresh_token, cancellable);
  GError *error = NULL;

  secret_password_store_finish (result, &error);
  return judge (error);
}

static void
ask_clear (Question   *question,
           GHashTable *attributes,
           const char *secret)
{
  secret_password_clearv (&schema, attributes, question->cancellable, answered_cb, question);
}

/** sm_keyring_clear: Nothing is kept for that service any more. */
SmKept
sm_keyring_clear (const char   *server_url,
                  GCancellable *cancellable)
{
  g_autoptr (GAsyncResult) result = ask_and_wait (ask_clear, server_url, NULL, cancellable);
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  return judge (error);
}

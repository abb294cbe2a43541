/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "sm-paths.h"
#include "sm-test-service.h"
#include "sm-test-until.h"
#include "sm-uuid.h"

/*
 * What is told goes out by real servers on this machine: SMTP, and an HTTP gateway that
 * answers as it is asked to.
 */

#define SECRET "s3cr3t-of-the-gateway"
#define MAIL_SECRET "w0rd-of-the-mail-server"
#define PASSWORD "a long password"

typedef struct
{
  SoupServer *gateway;
  GPtrArray *calls; /* of char *: what the gateway was sent, "/path body" */
  char *authorization;
  gboolean is_broken; /* the voice gateway refuses, and the one of lamps hangs */
  GSubprocess *mail;
  GDataInputStream *letters;
  SmTestService *service;
  char *token;
  char *trucks; /* token of a gateway of theirs */
} Post;

/* --- doubles --- */

static void
gateway_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Post *post = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  g_ptr_array_add (post->calls, g_strdup_printf ("%s %.*s", path, (int) body->length, body->data));
  g_free (post->authorization);
  post->authorization = g_strdup (soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Authorization"));
  if (post->is_broken && strcmp (path, "/lamp") == 0)
    soup_server_message_pause (message); /* hangs */
  else
    soup_server_message_set_status (message,
                                    post->is_broken && strcmp (path, "/voice") == 0 ? 400 : 200,
                                    NULL);
}

static void
start_gateway (Post *post)
{
  g_autoptr (GError) error = NULL;

  post->calls = g_ptr_array_new_with_free_func (g_free);
  post->gateway = soup_server_new (NULL, NULL);
  soup_server_add_handler (post->gateway, NULL, gateway_cb, post, NULL);
  soup_server_listen_local (post->gateway, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
}

static guint
port_of (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  guint port = (guint) g_uri_get_port (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

static char *
read_line (Post *post)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (post->letters, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  return line;
}

static guint
start_mail (Post *post)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "tell", "mail-server.py", NULL);
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  post->mail = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                 &error, "/usr/bin/python3", script, MAIL_SECRET, NULL);
  g_assert_no_error (error);
  post->letters = g_data_input_stream_new (g_subprocess_get_stdout_pipe (post->mail));
  line = read_line (post);
  return (guint) atoi (line);
}

static char *
write_settings (Post *post)
{
  const char *folder = sm_test_service_get_folder (post->service);
  g_autofree char *secret = g_build_filename (folder, "sms.secret", NULL);
  g_autofree char *mail_secret = g_build_filename (folder, "mail.secret", NULL);
  char *path = g_build_filename (folder, "telling.ini", NULL);
  guint http = port_of (post->gateway);
  g_autofree char *text = g_strdup_printf (
      "[channel sms]\nurl=http://127.0.0.1:%u/sms?n={to}\nheaders=Authorization: Bearer {secret}\n"
      "secret-file=sms.secret\n"
      "[channel voice]\nurl=http://127.0.0.1:%u/voice\n"
      "[channel lamp]\nurl=http://127.0.0.1:%u/lamp\ntimeout-s=3\nattempts=1\n"
      "[channel email]\nurl=smtp://127.0.0.1:%u\nfrom=stationmaster@example.org\n"
      "user=sender\nsecret-file=mail.secret\n"
      "[person ada]\nlanguage=zh-CN\nsms=+86 138 0000 0001\nemail=ada@example.org\nvoice=10086\n"
      "[person bob]\nemail=nobody@example.org\n"
      "[rule safety]\nlevels=1\ncodes=vehicle-insulation\nto=person:ada\nchannels=sms;email\n",
      http, http, http, start_mail (post));

  g_assert_true (g_file_set_contents_full (secret, SECRET "\n", -1, G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
  g_assert_true (g_file_set_contents_full (mail_secret, MAIL_SECRET "\n", -1,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static Post *
post_new (void)
{
  Post *post = g_new0 (Post, 1);
  const char *args[] = { "--simulate", "demo", "--seed", "1", SM_TEST_YOUNG, "--telling", NULL, NULL };
  g_autofree char *settings = NULL;

  start_gateway (post);
  post->service = sm_test_service_new (args);
  settings = write_settings (post);
  args[G_N_ELEMENTS (args) - 2] = settings;
  sm_test_service_set_args (post->service, args);
  sm_test_service_add_user (post->service, "ada", "administrator", PASSWORD);
  sm_test_service_add_user (post->service, "bob", "manager", PASSWORD);
  post->trucks = sm_test_service_add_gateway (post->service, "trucks");
  sm_test_service_run (post->service);
  post->token = sm_test_service_sign_in (post->service, "ada", PASSWORD);
  return post;
}

static void
post_free (Post *post)
{
  sm_test_service_free (post->service);
  g_subprocess_force_exit (post->mail);
  g_object_unref (post->letters);
  g_object_unref (post->mail);
  soup_server_disconnect (post->gateway);
  g_object_unref (post->gateway);
  g_ptr_array_unref (post->calls);
  g_free (post->authorization);
  g_free (post->token);
  g_free (post->trucks);
  g_free (post);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Post, post_free)

/* --- what persons do --- */

/* Returns: the id of the message */
static gint64
try_channel (Post       *post,
             const char *token,
             const char *channel)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_TELLING "/channels/%s/test", channel);
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *header = g_strdup_printf ("Idempotency-Key: %s\r\n", key);
  g_autoptr (SmTestAnswer) answer
      = sm_test_service_send (post->service, "POST", path, token, header, "{}");
  g_autoptr (JsonObject) row = NULL;

  g_assert_cmpuint (answer->status, ==, 201);
  row = sm_test_answer_object (answer);
  return json_object_get_int_member (row, "id");
}

static const char *
find_call (Post       *post,
           const char *path)
{
  for (guint i = 0; i < post->calls->len; i++)
    if (g_str_has_prefix (post->calls->pdata[i], path))
      return strchr (post->calls->pdata[i], ' ') + 1;
  return NULL;
}

static gboolean
look_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static char *
state_of (Post   *post,
          gint64  id)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_NOTIFICATIONS "/%" G_GINT64_FORMAT, id);
  g_autoptr (JsonObject) row = sm_test_service_get (post->service, path, post->token);
  const char *problem = json_object_get_null_member (row, "problem")
                            ? ""
                            : json_object_get_string_member (row, "problem");

  return g_strdup_printf ("%s %s", json_object_get_string_member (row, "state"), problem);
}

static gboolean
is_state (Post       *post,
          gint64      id,
          const char *wanted)
{
  g_autofree char *state = state_of (post, id);

  return strcmp (state, wanted) == 0;
}

/* --- the cases --- */

static void
check_sms (Post *post)
{
  gint64 id = try_channel (post, post->token, "sms");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *body;

  run_until (find_call (post, "/sms") != NULL);
  run_until (is_state (post, id, "sent "));
  node = json_from_string (find_call (post, "/sms"), NULL);
  g_assert_nonnull (node);
  body = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (body, "to"), ==, "+86 138 0000 0001");
  g_assert_nonnull (strstr (json_object_get_string_member (body, "text"), "测试"));
  g_assert_cmpstr (post->authorization, ==, "Bearer " SECRET);
}

/* A call is a text to be read out, and a lamp is lit by the same means. */
static void
check_voice_and_lamp (Post *post)
{
  gint64 voice = try_channel (post, post->token, "voice");
  gint64 lamp = try_channel (post, post->token, "lamp");
  g_autoptr (JsonNode) node = NULL;

  /* The gateway answers from this loop, which asking the service holds up. */
  run_until (find_call (post, "/voice") != NULL && find_call (post, "/lamp") != NULL);
  run_until (is_state (post, voice, "sent "));
  run_until (is_state (post, lamp, "sent "));
  node = json_from_string (find_call (post, "/voice"), NULL);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "to"), ==, "10086");
  g_assert_nonnull (find_call (post, "/lamp"));
}

static void
check_mail (Post *post)
{
  gint64 id = try_channel (post, post->token, "email");
  g_autofree char *line = read_line (post);
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *letter = json_node_get_object (node);

  g_assert_cmpstr (json_object_get_string_member (letter, "to"), ==, "ada@example.org");
  g_assert_cmpstr (json_object_get_string_member (letter, "from"), ==, "stationmaster@example.org");
  g_assert_cmpstr (json_object_get_string_member (letter, "auto"), ==, "auto-generated");
  g_assert_true (json_object_get_boolean_member (letter, "has_date"));
  g_assert_nonnull (strstr (json_object_get_string_member (letter, "subject"), "测试"));
  g_assert_nonnull (strstr (json_object_get_string_member (letter, "text"), "测试"));
  run_until (is_state (post, id, "sent "));
}

/* One gateway hangs, another refuses for good, a server knows nobody of that name. */
static void
check_trouble (Post *post)
{
  g_autofree char *bob = sm_test_service_sign_in (post->service, "bob", PASSWORD);
  gint64 lamp, voice, mail;

  post->is_broken = TRUE;
  lamp = try_channel (post, post->token, "lamp");
  voice = try_channel (post, post->token, "voice");
  mail = try_channel (post, bob, "email");

  run_until (is_state (post, voice, "failed refused"));
  run_until (is_state (post, mail, "failed refused"));
  run_until (is_state (post, lamp, "failed timed_out"));
}

static void
raise_alarm (Post *post)
{
  g_autoptr (JsonObject) page
      = sm_test_service_get (post->service, SM_PATH_BASE "/vehicles?limit=1", post->token);
  JsonObject *vehicle
      = json_array_get_object_element (json_object_get_array_member (page, "items"), 0);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *at = g_date_time_format_iso8601 (now);
  g_autofree char *body = g_strdup_printf (
      "{\"reports\":[{\"scheme\":\"stationmaster\",\"noun\":\"vehicle\",\"id\":%" G_GINT64_FORMAT
      ",\"code\":\"vehicle-insulation\",\"at\":\"%s\"}]}",
      json_object_get_int_member (vehicle, "id"), at);
  g_autoptr (SmTestAnswer) answer
      = sm_test_service_send (post->service, "POST", SM_PATH_INGEST_FAULTS, post->trucks, NULL, body);

  g_assert_cmpuint (answer->status, ==, 200);
}

static void
check_alarm (Post *post)
{
  g_autofree char *line = NULL;

  g_ptr_array_set_size (post->calls, 0);
  raise_alarm (post);
  run_until (find_call (post, "/sms") != NULL);
  g_assert_nonnull (strstr (find_call (post, "/sms"), "绝缘手套"));
  line = read_line (post);
  g_assert_nonnull (strstr (line, "ada@example.org"));
}

static void
test_post (void)
{
  g_autoptr (Post) post = post_new ();
  guint looks = g_timeout_add (100, look_cb, NULL);
  g_autofree char *log = NULL;
  g_autofree char *database = NULL;
  gsize length;

  check_sms (post);
  check_voice_and_lamp (post);
  check_mail (post);
  check_trouble (post);
  check_alarm (post);
  g_source_remove (looks);
  /* The secret stands nowhere but where it was written. */
  sm_test_service_terminate (post->service);
  log = sm_test_service_read_log (post->service);
  g_assert_null (strstr (log, SECRET));
  g_assert_null (strstr (log, MAIL_SECRET));
  g_assert_null (strstr (log, "138 0000"));
  g_assert_true (g_file_get_contents (sm_test_service_get_database (post->service), &database,
                                      &length, NULL));
  g_assert_null (memmem (database, length, SECRET, strlen (SECRET)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tell/post", test_post);
  return g_test_run ();
}

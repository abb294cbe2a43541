/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-service.h"

#include "sm-test-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

struct _SmTestService
{
  char *folder;
  char *database;
  char *log;
  char **args;
  GSubprocess *process;
  guint max_files; /* 0: as many as we */
  char *url;
  guint16 port;
};

/* In the child, where nothing may be allocated. */
static void
child_cb (gpointer user_data)
{
  const SmTestService *self = user_data;
  struct rlimit files = { self->max_files, self->max_files };

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (self->max_files > 0)
    setrlimit (RLIMIT_NOFILE, &files);
}

static const char *
service_program (void)
{
  const char *program = g_getenv ("SM_TEST_SERVICE");

  if (program == NULL)
    g_error ("SM_TEST_SERVICE does not say where stationmaster-service is");
  return program;
}

/**
 * sm_test_service_new:
 * @args: (nullable): more arguments, as { "--simulate", "demo", NULL }
 *
 * Makes the folder, but does not start anything: for tests that add people or
 * import something first.
 */
SmTestService *
sm_test_service_new (const char *const *args)
{
  static const char *const none[] = { "--simulate", "none", NULL };
  SmTestService *self = g_new0 (SmTestService, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("sm-test-service-XXXXXX", &error);
  g_assert_no_error (error);
  self->database = g_build_filename (self->folder, "service.db", NULL);
  self->log = g_build_filename (self->folder, "service.log", NULL);
  self->args = g_strdupv ((char **) (args != NULL ? args : none));
  return self;
}

/** sm_test_service_start: sm_test_service_new() and sm_test_service_run() in one. */
SmTestService *
sm_test_service_start (const char *const *args)
{
  SmTestService *self = sm_test_service_new (args);

  sm_test_service_run (self);
  return self;
}

/** sm_test_service_attach: For a service that somebody else runs: only to be asked things. */
SmTestService *
sm_test_service_attach (guint16 port)
{
  SmTestService *self = g_new0 (SmTestService, 1);

  self->port = port;
  self->url = g_strdup_printf ("http://127.0.0.1:%u", port);
  return self;
}

/** sm_test_service_free: Kills it and removes its folder. */
void
sm_test_service_free (SmTestService *self)
{
  sm_test_service_kill (self);
  if (self->folder != NULL)
    sm_test_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->database);
  g_free (self->log);
  g_strfreev (self->args);
  g_free (self->url);
  g_free (self);
}

static void
read_url (SmTestService *self)
{
  static const char announced[] = "listening on ";
  g_autoptr (GDataInputStream) out =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autofree char *line = g_data_input_stream_read_line_utf8 (out, NULL, NULL, NULL);
  g_autoptr (GUri) uri = NULL;

  if (line == NULL || !g_str_has_prefix (line, announced))
    {
      g_autofree char *log = sm_test_service_read_log (self);

      g_error ("the service said \"%s\" instead of where it listens; its log: %s", line, log);
    }
  g_free (self->url);
  self->url = g_strdup (line + strlen (announced));
  uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);
  g_assert_nonnull (uri);
  self->port = (guint16) g_uri_get_port (uri);
}

/** sm_test_service_set_args: From the next run on. */
void
sm_test_service_set_args (SmTestService     *self,
                          const char *const *args)
{
  g_strfreev (self->args);
  self->args = g_strdupv ((char **) args);
}

/** sm_test_service_limit_files: From the next run on it cannot open more than @n at once. */
void
sm_test_service_limit_files (SmTestService *self,
                             guint          n)
{
  self->max_files = n;
}

/**
 * sm_test_service_run:
 *
 * Starts it and waits until it listens: on a free port the first time, on the
 * same one from then on.  Its log goes on in the same file.
 */
void
sm_test_service_run (SmTestService *self)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  int log;

  g_assert_null (self->process);
  g_ptr_array_add (argv, g_strdup (service_program ()));
  g_ptr_array_add (argv, g_strdup ("--listen"));
  g_ptr_array_add (argv, g_strdup_printf ("127.0.0.1:%u", self->port));
  g_ptr_array_add (argv, g_strdup ("--database"));
  g_ptr_array_add (argv, g_strdup (self->database));
  for (guint i = 0; self->args[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdup (self->args[i]));
  g_ptr_array_add (argv, NULL);

  log = g_open (self->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  g_assert_cmpint (log, >=, 0);
  g_subprocess_launcher_take_stderr_fd (launcher, log);
  g_subprocess_launcher_set_child_setup (launcher, child_cb, self, NULL);
  self->process =
      g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  read_url (self);
}

static void
end_process (SmTestService *self,
             int            signal_number)
{
  if (self->process == NULL)
    return;
  g_subprocess_send_signal (self->process, signal_number);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

/** sm_test_service_kill: kill -9, and waits until it is gone. */
void
sm_test_service_kill (SmTestService *self)
{
  end_process (self, SIGKILL);
}

/** sm_test_service_terminate: SIGTERM, and waits until it has ended by itself. */
void
sm_test_service_terminate (SmTestService *self)
{
  end_process (self, SIGTERM);
}

/** sm_test_service_restart: kill -9, then again on the same port and database. */
void
sm_test_service_restart (SmTestService *self)
{
  sm_test_service_kill (self);
  sm_test_service_run (self);
}

gboolean
sm_test_service_is_running (SmTestService *self)
{
  return self->process != NULL && g_subprocess_get_identifier (self->process) != NULL;
}

/** sm_test_service_get_url: Returns: (transfer none): "http://127.0.0.1:PORT" */
const char *
sm_test_service_get_url (SmTestService *self)
{
  return self->url;
}

guint16
sm_test_service_get_port (SmTestService *self)
{
  return self->port;
}

/** sm_test_service_get_pid: Returns: of the child that runs */
pid_t
sm_test_service_get_pid (SmTestService *self)
{
  return (pid_t) g_ascii_strtoll (g_subprocess_get_identifier (self->process), NULL, 10);
}

const char *
sm_test_service_get_database (SmTestService *self)
{
  return self->database;
}

/** sm_test_service_get_folder: Returns: (transfer none): goes when the service is freed */
const char *
sm_test_service_get_folder (SmTestService *self)
{
  return self->folder;
}

/** sm_test_service_read_log: Returns: (transfer full): what it wrote to stderr so far */
char *
sm_test_service_read_log (SmTestService *self)
{
  char *text = NULL;

  if (!g_file_get_contents (self->log, &text, NULL, NULL))
    return g_strdup ("");
  return text;
}

/**
 * sm_test_service_command:
 * @args: a subcommand with its arguments; the database is added
 * @out_status: (out) (optional): exit status; without it anything but 0 fails
 *
 * Returns: (transfer full): what the command wrote to stdout
 */
char *
sm_test_service_command (SmTestService     *self,
                         const char *const *args,
                         int               *out_status)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problems = NULL;
  char *output = NULL;

  g_ptr_array_add (argv, (char *) service_program ());
  for (guint i = 0; args[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) args[i]);
  if (!g_str_equal (args[0], "check"))
    g_ptr_array_add (argv, (char *) "--database");
  g_ptr_array_add (argv, self->database);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &problems, &error);
  g_assert_no_error (error);
  if (out_status != NULL)
    *out_status = g_subprocess_get_exit_status (process);
  else if (g_subprocess_get_exit_status (process) != 0)
    g_error ("%s %s failed: %s", args[0], args[1], problems);
  return output;
}

/** sm_test_service_add_user: user add NAME --role ROLE --password-file FILE */
void
sm_test_service_add_user (SmTestService *self,
                          const char    *name,
                          const char    *role,
                          const char    *password)
{
  g_autofree char *file = g_build_filename (self->folder, "password", NULL);
  const char *const args[] = { "user", "add", name, "--role", role, "--password-file", file, NULL };
  g_autofree char *output = NULL;

  g_assert_true (
      g_file_set_contents_full (file, password, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  output = sm_test_service_command (self, args, NULL);
  g_remove (file);
}

/** sm_test_service_add_gateway: Returns: (transfer full): the token it printed */
char *
sm_test_service_add_gateway (SmTestService *self,
                             const char    *name)
{
  const char *const args[] = { "gateway", "add", name, NULL };

  return g_strstrip (sm_test_service_command (self, args, NULL));
}

void
sm_test_answer_free (SmTestAnswer *self)
{
  g_hash_table_unref (self->headers);
  g_free (self->body);
  g_free (self);
}

/** sm_test_answer_header: Returns: (nullable): by lower-case name */
const char *
sm_test_answer_header (const SmTestAnswer *self,
                       const char         *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/** sm_test_answer_object: Returns: (transfer full): the body, which must be an object */
JsonObject *
sm_test_answer_object (SmTestAnswer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (self->body, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return json_node_dup_object (node);
}

static SmTestAnswer *
answer_parse (const char *data,
              gsize       length)
{
  SmTestAnswer *answer = g_new0 (SmTestAnswer, 1);
  const char *end = g_strstr_len (data, (gssize) length, "\r\n\r\n");
  g_autofree char *head = NULL;
  g_auto (GStrv) lines = NULL;

  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (end == NULL)
    return answer;
  head = g_strndup (data, (gsize) (end - data));
  lines = g_strsplit (head, "\r\n", -1);
  answer->status = (guint) g_ascii_strtoull (lines[0] + strlen ("HTTP/1.1"), NULL, 10);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      char *colon = strchr (lines[i], ':');

      g_assert_nonnull (colon);
      g_hash_table_replace (answer->headers, g_ascii_strdown (lines[i], colon - lines[i]),
                            g_strstrip (g_strdup (colon + 1)));
    }
  answer->length = length - (gsize) (end + 4 - data);
  answer->body = g_malloc (answer->length + 1);
  memcpy (answer->body, end + 4, answer->length);
  answer->body[answer->length] = '\0';
  return answer;
}

static GSocketConnection *
try_connect (SmTestService  *self,
             GError        **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, 60);
  return g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, error);
}

/** sm_test_service_connect: Returns: (transfer full): a plain TCP connection to it */
GSocketConnection *
sm_test_service_connect (SmTestService *self)
{
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = try_connect (self, &error);

  g_assert_no_error (error);
  return connection;
}

/**
 * sm_test_service_send_raw:
 * @data: bytes as they go over the line
 *
 * Sends and reads until the service closes.  Returns: (transfer full): of
 *   status 0 also when nobody listens, as while it is killed
 */
SmTestAnswer *
sm_test_service_send_raw (SmTestService *self,
                          const char    *data,
                          gsize          length)
{
  g_autoptr (GSocketConnection) connection = try_connect (self, NULL);
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  GOutputStream *out;
  GInputStream *in;
  guint8 chunk[16384];
  gssize got;

  if (connection == NULL)
    return answer_parse ("", 0);
  out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  /* A service that refuses early may close before it has read everything. */
  g_output_stream_write_all (out, data, length, NULL, NULL, NULL);
  while ((got = g_input_stream_read (in, chunk, sizeof chunk, NULL, NULL)) > 0)
    g_byte_array_append (answer, chunk, (guint) got);
  g_byte_array_append (answer, (const guint8 *) "", 1);
  return answer_parse ((const char *) answer->data, answer->len - 1);
}

/**
 * sm_test_service_send:
 * @path: with the query
 * @token: (nullable): bearer token
 * @headers: (nullable): more header lines, each ending in CR LF
 * @body: (nullable): JSON
 *
 * Returns: (transfer full): the answer, whatever it says
 */
SmTestAnswer *
sm_test_service_send (SmTestService *self,
                      const char    *method,
                      const char    *path,
                      const char    *token,
                      const char    *headers,
                      const char    *body)
{
  g_autoptr (GString) request = g_string_new (NULL);

  g_string_append_printf (request, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n",
                          method, path, self->port);
  if (token != NULL)
    g_string_append_printf (request, "Authorization: Bearer %s\r\n", token);
  if (headers != NULL)
    g_string_append (request, headers);
  if (body != NULL)
    g_string_append_printf (request, "Content-Type: application/json\r\nContent-Length: %zu\r\n",
                            strlen (body));
  g_string_append (request, "\r\n");
  if (body != NULL)
    g_string_append (request, body);
  return sm_test_service_send_raw (self, request->str, request->len);
}

static JsonObject *
expect_success (SmTestAnswer *answer,
                const char   *path)
{
  if (answer->status < 200 || answer->status > 299)
    g_error ("%s answered %u: %s", path, answer->status, answer->body);
  return answer->length > 0 ? sm_test_answer_object (answer) : NULL;
}

/** sm_test_service_get: Returns: (transfer full): the body of a 2xx; or the test fails */
JsonObject *
sm_test_service_get (SmTestService *self,
                     const char    *path,
                     const char    *token)
{
  g_autoptr (SmTestAnswer) answer = sm_test_service_send (self, "GET", path, token, NULL, NULL);

  return expect_success (answer, path);
}

/** sm_test_service_post: Returns: (transfer full) (nullable): the body of a 2xx */
JsonObject *
sm_test_service_post (SmTestService *self,
                      const char    *path,
                      const char    *token,
                      const char    *headers,
                      const char    *body)
{
  g_autoptr (SmTestAnswer) answer = sm_test_service_send (self, "POST", path, token, headers, body);

  return expect_success (answer, path);
}

static char *
sign_in_with (SmTestService *self,
              const char    *body)
{
  g_autoptr (JsonObject) session = sm_test_service_post (self, "/api/v1/session", NULL, NULL, body);

  return g_strdup (json_object_get_string_member (session, "token"));
}

/** sm_test_service_sign_in: Returns: (transfer full): a bearer token */
char *
sm_test_service_sign_in (SmTestService *self,
                         const char    *name,
                         const char    *password)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\",\"password\":\"%s\"}", name, password);

  return sign_in_with (self, body);
}

/** sm_test_service_sign_in_demo: Returns: (transfer full): the demo operator's token */
char *
sm_test_service_sign_in_demo (SmTestService *self)
{
  return sign_in_with (self, "{\"demo\":true}");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-tell"
#include "config.h"

#include "sm-post.h"

#include "sm-time.h"

#include <curl/curl.h>
#include <string.h>

#define MAX_ANSWER (64 * 1024) /* what a gateway says more is not heard */
#define CONNECT_MS 5000

struct _SmPost
{
  SmTellChannel channel;
  const SmTellGateway *gateway;
  CURL *curl;
  gint is_stopped; /* atomic */
};

/* Of one message. */
typedef struct
{
  SmPost *post;
  const char *mail;
  gsize left;
  gsize heard;
} Transfer;

/** sm_post_new: @gateway: lives longer; curl_global_init() was called */
SmPost *
sm_post_new (SmTellChannel        channel,
             const SmTellGateway *gateway)
{
  SmPost *self = g_new0 (SmPost, 1);

  self->channel = channel;
  self->gateway = gateway;
  self->curl = curl_easy_init ();
  return self;
}

void
sm_post_free (SmPost *self)
{
  g_clear_pointer (&self->curl, curl_easy_cleanup);
  g_free (self);
}

/** sm_post_stop: What is on its way is given up; any thread. */
void
sm_post_stop (SmPost *self)
{
  g_atomic_int_set (&self->is_stopped, TRUE);
}

gboolean
sm_post_is_stopped (SmPost *self)
{
  return g_atomic_int_get (&self->is_stopped);
}

/* --- an e-mail --- */

/* RFC 2047: lines are short, and no character is taken apart. */
static void
append_subject (GString    *mail,
                const char *subject)
{
  const char *p = subject;

  if (g_str_is_ascii (subject))
    {
      g_string_append (mail, subject);
      return;
    }
  while (*p != '\0')
    {
      const char *end = p;
      g_autofree char *part = NULL;

      while (*end != '\0' && g_utf8_next_char (end) - p <= 42)
        end = g_utf8_next_char (end);
      part = g_base64_encode ((const guchar *) p, (gsize) (end - p));
      g_string_append_printf (mail, "%s=?UTF-8?B?%s?=", p == subject ? "" : "\r\n ", part);
      p = end;
    }
}

static void
append_body (GString    *mail,
             const char *text)
{
  g_autofree char *body = g_base64_encode ((const guchar *) text, strlen (text));

  for (const char *p = body; *p != '\0'; p += MIN (76, strlen (p)))
    g_string_append_printf (mail, "%.76s\r\n", p);
}

/** sm_post_write_mail: Returns: (transfer full): headers and body, with lines as SMTP has them */
char *
sm_post_write_mail (const SmTellMessage *message,
                    const char          *from,
                    gint64               machine_now)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (machine_now / SM_SECOND);
  g_autofree char *subject = sm_tell_cut (message->subject, 200);
  GString *mail = g_string_new (NULL);

  /* Never in the language of whoever started the service. */
  g_string_append_printf (mail, "Date: %s, %02d %s %d %02d:%02d:%02d +0000\r\n",
                          days[g_date_time_get_day_of_week (now) - 1],
                          g_date_time_get_day_of_month (now),
                          months[g_date_time_get_month (now) - 1], g_date_time_get_year (now),
                          g_date_time_get_hour (now), g_date_time_get_minute (now),
                          g_date_time_get_second (now));
  g_string_append_printf (mail, "From: Stationmaster <%s>\r\nTo: <%s>\r\n", from, message->address);
  g_string_append_printf (mail,
                          "Message-ID: <%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "@%s>\r\n",
                          message->id, message->at, strchr (from, '@') + 1);
  g_string_append (mail, "Subject: ");
  append_subject (mail, subject);
  g_string_append (mail, "\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n"
                         "Content-Type: text/plain; charset=utf-8\r\n"
                         "Content-Transfer-Encoding: base64\r\n\r\n");
  append_body (mail, message->text);
  return g_string_free (mail, FALSE);
}

/* --- a transfer --- */

static size_t
read_mail_cb (char   *buffer,
              size_t  size,
              size_t  n,
              void   *user_data)
{
  Transfer *transfer = user_data;
  gsize length = MIN (size * n, transfer->left);

  memcpy (buffer, transfer->mail, length);
  transfer->mail += length;
  transfer->left -= length;
  return length;
}

static size_t
heard_cb (char   *data,
          size_t  size,
          size_t  n,
          void   *user_data)
{
  Transfer *transfer = user_data;

  transfer->heard += size * n;
  return transfer->heard <= MAX_ANSWER ? size * n : 0;
}

static int
progress_cb (void       *user_data,
             curl_off_t  down_total,
             curl_off_t  down,
             curl_off_t  up_total,
             curl_off_t  up)
{
  Transfer *transfer = user_data;

  return g_atomic_int_get (&transfer->post->is_stopped);
}

/* Whatever the environment says: what is told goes where the settings say and nowhere else. */
static void
prepare (SmPost   *self,
         Transfer *transfer)
{
  const SmTellGateway *gateway = self->gateway;

  curl_easy_reset (self->curl);
  curl_easy_setopt (self->curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (self->curl, CURLOPT_PROXY, "");
  curl_easy_setopt (self->curl, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
  curl_easy_setopt (self->curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (self->curl, CURLOPT_CONNECTTIMEOUT_MS,
                    (long) MIN (CONNECT_MS, gateway->timeout_ms));
  curl_easy_setopt (self->curl, CURLOPT_TIMEOUT_MS, (long) gateway->timeout_ms);
  curl_easy_setopt (self->curl, CURLOPT_WRITEFUNCTION, heard_cb);
  curl_easy_setopt (self->curl, CURLOPT_WRITEDATA, transfer);
  curl_easy_setopt (self->curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (self->curl, CURLOPT_XFERINFOFUNCTION, progress_cb);
  curl_easy_setopt (self->curl, CURLOPT_XFERINFODATA, transfer);
  curl_easy_setopt (self->curl, CURLOPT_USERAGENT, "stationmaster-service/" SM_VERSION);
  if (gateway->user != NULL)
    curl_easy_setopt (self->curl, CURLOPT_USERNAME, gateway->user);
  if (gateway->user != NULL && gateway->secret != NULL)
    curl_easy_setopt (self->curl, CURLOPT_PASSWORD, gateway->secret);
}

static struct curl_slist *
prepare_mail (SmPost              *self,
              const SmTellMessage *message)
{
  struct curl_slist *to = curl_slist_append (NULL, message->address);

  curl_easy_setopt (self->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (self->curl, CURLOPT_URL, self->gateway->url);
  curl_easy_setopt (self->curl, CURLOPT_USE_SSL,
                    (long) (self->gateway->is_local ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  curl_easy_setopt (self->curl, CURLOPT_MAIL_FROM, self->gateway->from);
  curl_easy_setopt (self->curl, CURLOPT_MAIL_RCPT, to);
  curl_easy_setopt (self->curl, CURLOPT_READFUNCTION, read_mail_cb);
  curl_easy_setopt (self->curl, CURLOPT_UPLOAD, 1L);
  return to;
}

static SmTellEscape
escape_of (const char *content_type)
{
  if (strstr (content_type, "json") != NULL)
    return SM_TELL_JSON;
  return strstr (content_type, "urlencoded") != NULL ? SM_TELL_FORM : SM_TELL_PLAIN;
}

static struct curl_slist *
prepare_call (SmPost              *self,
              const SmTellMessage *message)
{
  const SmTellGateway *gateway = self->gateway;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, message->id);
  g_autofree char *level = g_strdup_printf ("%" G_GINT64_FORMAT, message->level);
  const SmTellValue values[] = {
    { "to", message->address }, { "text", message->text }, { "subject", message->subject },
    { "id", id },               { "level", level },        { "user", gateway->user },
    { "secret", gateway->secret },
  };
  g_autofree char *url
      = sm_tell_template_fill (gateway->url, values, G_N_ELEMENTS (values), SM_TELL_FORM);
  g_autofree char *body = sm_tell_template_fill (gateway->body, values, G_N_ELEMENTS (values),
                                                 escape_of (gateway->content_type));
  g_autofree char *type = g_strconcat ("Content-Type: ", gateway->content_type, NULL);
  struct curl_slist *headers = curl_slist_append (NULL, type);

  for (guint i = 0; i < gateway->headers->len; i++)
    {
      g_autofree char *header = sm_tell_template_fill (gateway->headers->pdata[i], values,
                                                       G_N_ELEMENTS (values), SM_TELL_PLAIN);
      g_autofree char *line = sm_tell_cut (header, 8192);

      headers = curl_slist_append (headers, line);
    }
  curl_easy_setopt (self->curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (self->curl, CURLOPT_URL, url);
  curl_easy_setopt (self->curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (self->curl, CURLOPT_CUSTOMREQUEST, gateway->method);
  if (strcmp (gateway->method, "GET") != 0)
    curl_easy_setopt (self->curl, CURLOPT_COPYPOSTFIELDS, body);
  return headers;
}

/* --- what came of it --- */

static void
refuse (SmTellOutcome *outcome,
        SmTellProblem  problem,
        gboolean       is_final)
{
  outcome->problem = problem;
  outcome->is_final = is_final;
}

/* What a gateway says by a number: of HTTP and of SMTP. */
static void
judge_status (SmTellOutcome *outcome,
              SmTellChannel  channel,
              long           status)
{
  gboolean is_mail = channel == SM_TELL_EMAIL;

  outcome->is_sent = status >= 200 && status < 300;
  if (outcome->is_sent)
    return;
  if (status == 401 || status == 403 || (is_mail && (status == 530 || status == 535)))
    refuse (outcome, SM_TELL_NOT_ALLOWED, FALSE);
  else if (is_mail ? status >= 550 && status < 560
                   : status >= 400 && status < 500 && status != 408 && status != 429)
    refuse (outcome, SM_TELL_REFUSED, TRUE);
  else if (status >= 400)
    refuse (outcome, SM_TELL_REFUSED, FALSE);
  else
    refuse (outcome, SM_TELL_BROKEN, FALSE);
}

static void
judge (SmPost        *self,
       CURLcode       code,
       SmTellOutcome *outcome)
{
  long status = 0;

  curl_easy_getinfo (self->curl, CURLINFO_RESPONSE_CODE, &status);
  switch (code)
    {
    case CURLE_OK:
      judge_status (outcome, self->channel, status);
      break;
    case CURLE_OPERATION_TIMEDOUT:
      refuse (outcome, SM_TELL_TIMED_OUT, FALSE);
      break;
    case CURLE_LOGIN_DENIED:
    case CURLE_REMOTE_ACCESS_DENIED:
      refuse (outcome, SM_TELL_NOT_ALLOWED, FALSE);
      break;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      if (self->channel == SM_TELL_EMAIL && status >= 400)
        judge_status (outcome, self->channel, status);
      else
        refuse (outcome, SM_TELL_BROKEN, FALSE);
      break;
    case CURLE_WRITE_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_GOT_NOTHING:
      refuse (outcome, SM_TELL_BROKEN, FALSE);
      break;
    default:
      refuse (outcome, SM_TELL_UNREACHABLE, FALSE);
    }
}

/** sm_post_send: @out_outcome: is filled in; takes as long as the gateway is given at most */
void
sm_post_send (SmPost              *self,
              const SmTellMessage *message,
              SmTellOutcome       *out_outcome)
{
  g_autofree char *mail = NULL;
  Transfer transfer = { .post = self };
  struct curl_slist *list;
  CURLcode code;

  *out_outcome = (SmTellOutcome){ .id = message->id };
  prepare (self, &transfer);
  if (self->channel == SM_TELL_EMAIL)
    {
      list = prepare_mail (self, message);
      mail = sm_post_write_mail (message, self->gateway->from, g_get_real_time ());
      transfer.mail = mail;
      transfer.left = strlen (mail);
      curl_easy_setopt (self->curl, CURLOPT_READDATA, &transfer);
    }
  else
    list = prepare_call (self, message);
  code = curl_easy_perform (self->curl);
  judge (self, code, out_outcome);
  /* Neither text nor address: those are in the log that has rights. */
  if (!out_outcome->is_sent)
    g_info ("Message %" G_GINT64_FORMAT " did not go out by %s: %s", message->id,
            sm_tell_channels[self->channel], sm_tell_problems[out_outcome->problem]);
  curl_slist_free_all (list);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-scan-codes.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-uuid.h"

#include <string.h>

#define MEMO "scan-secret"
/* 40 bits on a label, that people may have to type; 80 in a link that says how a
 * report goes on, which nobody types. */
#define CODE_CHECK_CHARS 8
#define TOKEN_CHECK_CHARS 16
#define MAX_ID G_GINT64_CONSTANT (9007199254740991)

/* Base 32 of Crockford: nothing in it is taken for something else. */
static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static const struct
{
  char letter;
  SmNounId noun;
} kinds[] = {
  { 'S', SM_NOUN_STATION },
  { 'P', SM_NOUN_PILE },
  { 'B', SM_NOUN_BATTERY },
};

#define TOKEN_LETTER 'R'

/**
 * sm_scan_codes_begin:
 * @is_service: else of a visitor, who prints no labels and leaves it to the service to begin
 *
 * In the writer's thread, as the rules open: the same secret for ever.
 */
gboolean
sm_scan_codes_begin (SmRules   *rules,
                     gboolean   is_service,
                     GError   **error)
{
  g_autoptr (GError) local_error = NULL;

  rules->scan_secret = sm_rules_get_memo (rules, MEMO, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (rules->scan_secret != NULL)
    return TRUE;
  rules->scan_secret = sm_random_token ();
  return !is_service || sm_rules_set_memo (rules, MEMO, rules->scan_secret, error);
}

static void
append_number (GString *text,
               guint64  number)
{
  char reversed[16];
  guint n = 0;

  do
    reversed[n++] = digits[number % 32];
  while ((number /= 32) > 0);
  while (n > 0)
    g_string_append_c (text, reversed[--n]);
}

/* "<letter><number>-<check>" */
static char *
seal (SmRules *rules,
      char     letter,
      gint64   id,
      guint    n_check)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) rules->scan_secret,
                                       strlen (rules->scan_secret));
  GString *text = g_string_new (NULL);
  guint8 sum[32];
  gsize length = sizeof sum;

  g_string_append_c (text, letter);
  append_number (text, (guint64) id);
  g_hmac_update (hmac, (const guchar *) text->str, (gssize) text->len);
  g_hmac_get_digest (hmac, sum, &length);
  g_string_append_c (text, '-');
  for (guint i = 0; i < n_check; i++)
    g_string_append_c (text, digits[sum[i] % 32]);
  return g_string_free (text, FALSE);
}

static gboolean
read_number (const char *text,
             gint64     *out_id)
{
  gint64 id = 0;

  for (; *text != '\0' && *text != '-'; text++)
    {
      const char *digit = strchr (digits, *text);

      if (digit == NULL || id > MAX_ID / 32)
        return FALSE;
      id = id * 32 + (digit - digits);
    }
  *out_id = id;
  return id > 0;
}

/* Whether @text is what seal() says of the number in it. */
static gboolean
is_sealed (SmRules    *rules,
           const char *text,
           guint       n_check,
           gint64     *out_id)
{
  g_autofree char *expected = NULL;
  gsize length = strlen (text);
  guint8 differ = 0;

  if (length > 40 || !read_number (text + 1, out_id))
    return FALSE;
  expected = seal (rules, text[0], *out_id, n_check);
  if (strlen (expected) != length)
    return FALSE;
  /* Takes as long for a check that is nearly right as for any other. */
  for (gsize i = 0; i < length; i++)
    differ |= (guint8) (expected[i] ^ text[i]);
  return differ == 0;
}

/** sm_scan_code_new: Any thread. @noun: a station, a pile or a battery */
char *
sm_scan_code_new (SmRules  *rules,
                  SmNounId  noun,
                  gint64    id)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].noun == noun)
      return seal (rules, kinds[i].letter, id, CODE_CHECK_CHARS);
  g_return_val_if_reached (NULL);
}

/** sm_scan_code_parse: Any thread. @code: as typed or scanned, in either case */
gboolean
sm_scan_code_parse (SmRules     *rules,
                    const char  *code,
                    SmNounId    *out_noun,
                    gint64      *out_id,
                    GError     **error)
{
  g_autofree char *upper = g_ascii_strup (code, -1);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].letter == upper[0] && is_sealed (rules, upper, CODE_CHECK_CHARS, out_id))
      {
        *out_noun = kinds[i].noun;
        return TRUE;
      }
  sm_set_error (error, SM_ERROR_NOT_FOUND, "scan-code-unknown", "That is no label of this network");
  return FALSE;
}

/** sm_scan_token_new: Any thread. Returns: (transfer full): who has it may see the report */
char *
sm_scan_token_new (SmRules *rules,
                   gint64   report_id)
{
  return seal (rules, TOKEN_LETTER, report_id, TOKEN_CHECK_CHARS);
}

/** sm_scan_token_parse: Any thread. */
gboolean
sm_scan_token_parse (SmRules     *rules,
                     const char  *token,
                     gint64      *out_report_id,
                     GError     **error)
{
  if (token[0] == TOKEN_LETTER && is_sealed (rules, token, TOKEN_CHECK_CHARS, out_report_id))
    return TRUE;
  sm_set_error (error, SM_ERROR_NOT_FOUND, "report-unknown", "There is no such report");
  return FALSE;
}

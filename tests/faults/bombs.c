/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bombs.h"

#include <string.h>

#define X64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define PIECE (64 * 1024)

/* A1: depth, a text of 100 MB, a million keys, and what lax parsers take. */
const SmBomb sm_bombs[] = {
  { "deep", "", "[", 1000000, "" },
  { "deep-objects", "", "{\"a\":", 1000000, "" },
  { "long-text", "{\"name\":\"", X64, 100 * 1024 * 1024 / 64, "\"}" },
  { "long-name", "{\"", X64, 100 * 1024 * 1024 / 64, "\":1}" },
  { "long-number", "{\"name\":", "1111111111111111", 100 * 1024 * 1024 / 16, "}" },
  { "million-keys", "{\"a\":0", ",\"k%07u\":0", 1000000, "}" },
  { "same-key", "{\"name\":\"x\"", ",\"name\":\"x\"", 1000000, "}" },
  { "same-key-few", "{\"name\":\"x\"", ",\"name\":\"x\"", 1000, "}" },
  { "many-values", "{\"name\":[0", ",0", 3000000, "]}" },
  { "nan", "{\"name\":NaN}", "", 0, "" },
  { "infinity", "{\"name\":-Infinity}", "", 0, "" },
  { "beyond-double", "{\"name\":1e400}", "", 0, "" },
  { "octal", "{\"name\":010}", "", 0, "" },
  { "hexadecimal", "{\"name\":0x10}", "", 0, "" },
  { "nul", "{\"name\":\"a\\u0000b\"}", "", 0, "" },
  { "half-a-pair", "{\"name\":\"\\ud800\"}", "", 0, "" },
  { "not-utf8", "{\"name\":\"\xed\xa0\x80\"}", "", 0, "" },
  { "comment", "/* */ {\"name\":1}", "", 0, "" },
  { "comma", "{\"name\":1,}", "", 0, "" },
  { "two", "{} {}", "", 0, "" },
  { "cut", "{\"name\":", "", 0, "" },
  { "spaces", "", " ", 3000000, "" },
};
const guint sm_n_bombs = G_N_ELEMENTS (sm_bombs);

static gboolean
is_numbered (const SmBomb *bomb)
{
  return strstr (bomb->unit, "%07u") != NULL;
}

guint64
sm_bomb_length (const SmBomb *bomb)
{
  guint64 unit = strlen (bomb->unit) + (is_numbered (bomb) ? 7 - strlen ("%07u") : 0);

  return strlen (bomb->head) + bomb->times * unit + strlen (bomb->tail);
}

static void
append_unit (const SmBomb *bomb,
             guint         number,
             GString      *text)
{
  const char *place = is_numbered (bomb) ? strstr (bomb->unit, "%07u") : NULL;

  if (place == NULL)
    g_string_append (text, bomb->unit);
  else
    {
      g_string_append_len (text, bomb->unit, place - bomb->unit);
      g_string_append_printf (text, "%07u", number);
      g_string_append (text, place + strlen ("%07u"));
    }
}

/** sm_bomb_send: In pieces, so that who sends it needs no memory; FALSE when the other has enough */
gboolean
sm_bomb_send (const SmBomb  *bomb,
              GOutputStream *stream)
{
  g_autoptr (GString) text = g_string_sized_new (2 * PIECE);
  gboolean is_taken = TRUE;

  g_string_append (text, bomb->head);
  for (guint i = 0; is_taken && i < bomb->times; i++)
    {
      append_unit (bomb, i, text);
      if (text->len < PIECE)
        continue;
      is_taken = g_output_stream_write_all (stream, text->str, text->len, NULL, NULL, NULL);
      g_string_truncate (text, 0);
    }
  g_string_append (text, bomb->tail);
  return is_taken && g_output_stream_write_all (stream, text->str, text->len, NULL, NULL, NULL);
}

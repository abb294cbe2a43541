/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-error.h"
#include "sm-tell-settings.h"

static const char *const fields[] = { "to", "text", "where", NULL };

/* How people are told: the file, or one text of it, which is filled with anything too. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  guint what = fuzz_take_choice (&data, &size, SM_TELL_FORM + 2);
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmTellSettings) settings = NULL;
  SmTellValue values[] = { { "to", text }, { "text", text }, { "where", NULL } };
  g_autofree char *filled = NULL;
  g_autofree char *unknown = NULL;

  if (what == 0)
    {
      settings = sm_tell_settings_parse (text, "/nowhere", &error);
      g_assert_true ((settings != NULL) == (error == NULL));
      g_assert_true (error == NULL || g_error_matches (error, SM_ERROR, SM_ERROR_INVALID));
      return 0;
    }
  if (!sm_tell_template_check (text, fields, &unknown))
    return 0;
  filled = sm_tell_template_fill (text, values, G_N_ELEMENTS (values), (SmTellEscape) (what - 1));
  g_assert_true (!g_utf8_validate (text, -1, NULL) || g_utf8_validate (filled, -1, NULL));
  return 0;
}

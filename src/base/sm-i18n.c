/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-i18n.h"

#include <libintl.h>
#include <locale.h>

/**
 * sm_i18n_init:
 *
 * Binds the translations; once, first thing in main().  A build that is not
 * installed yet finds them where the build put them.
 */
void
sm_i18n_init (void)
{
  g_autofree char *built = g_build_filename (SM_BUILD_LOCALE_DIR, "zh_CN", NULL);
  gboolean installed = g_file_test (SM_LOCALE_DIR, G_FILE_TEST_IS_DIR)
                       && !g_file_test (built, G_FILE_TEST_IS_DIR);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, installed ? SM_LOCALE_DIR : SM_BUILD_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/**
 * sm_i18n_language:
 *
 * Returns: (transfer none): the language of the interface as it is written in
 *   names that people enter: "en" or "zh-CN"
 */
const char *
sm_i18n_language (void)
{
  const char *const *names = g_get_language_names ();

  for (; *names != NULL; names++)
    {
      if (g_str_has_prefix (*names, "zh"))
        return "zh-CN";
      if (g_str_has_prefix (*names, "en") || g_str_equal (*names, "C"))
        return "en";
    }
  return "en";
}

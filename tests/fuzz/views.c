/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <gio/gio.h>

#include "sm-link.h"
#include "sm-view-state.h"

/* What the settings hold of the views, whoever wrote it there. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static GSettings *settings;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GVariant) texts
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("a{ss}"), bytes, FALSE));
  g_autoptr (SmViewState) state = NULL;
  g_auto (GStrv) saved = NULL;
  const char *text;

  if (settings == NULL)
    settings = g_settings_new (SM_APP_ID);
  g_settings_set_value (settings, "views", texts);
  state = sm_view_state_new (settings, "views");
  text = sm_view_state_get (state, "orders.saved");
  saved = g_strsplit (text != NULL ? text : "", "\n", 50);
  for (guint i = 0; saved[i] != NULL; i++)
    {
      const char *tab = strchr (saved[i], '\t');
      g_autoptr (SmLink) link = sm_link_parse (tab != NULL ? tab + 1 : saved[i]);

      if (link != NULL)
        g_assert_nonnull (sm_link_get_page (link));
    }
  sm_view_state_set (state, "orders.sort", saved[0]);
  return 0;
}

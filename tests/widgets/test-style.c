/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-style.h"

#include <math.h>

/* The values of the named colours in one of the four looks. */
static void
read_colors (GHashTable *colors,
             const char *file)
{
  g_autofree char *path = g_strconcat (SM_RESOURCE_PATH, file, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_auto (GStrv) lines = NULL;

  g_assert_nonnull (bytes);
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", 0);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char name[64], value[32];
      GdkRGBA color;

      if (sscanf (lines[i], "@define-color %63s %31[^;]", name, value) == 2
          && gdk_rgba_parse (&color, value))
        g_hash_table_insert (colors, g_strdup (name), gdk_rgba_copy (&color));
    }
}

static double
linear (double part)
{
  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

/* WCAG 2.2, relative luminance. */
static double
luminance (const GdkRGBA *color)
{
  return 0.2126 * linear (color->red) + 0.7152 * linear (color->green)
         + 0.0722 * linear (color->blue);
}

static void
assert_contrast (GHashTable *colors,
                 const char *look,
                 const char *front,
                 const char *back,
                 double      least)
{
  const GdkRGBA *a = g_hash_table_lookup (colors, front);
  const GdkRGBA *b = g_hash_table_lookup (colors, back);
  double x, y, contrast;

  g_assert_nonnull (a);
  g_assert_nonnull (b);
  x = luminance (a);
  y = luminance (b);
  contrast = (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
  if (contrast < least)
    g_error ("%s: %s on %s has a contrast of %.2f, not %.1f", look, front, back, contrast, least);
}

static void
test_contrast (gconstpointer data)
{
  const char *files = data;
  const char *const backs[] = { "sm_background", "sm_panel", "sm_sidebar", "sm_notice" };
  const char *const texts[] = { "sm_text", "sm_dim" };
  const char *const signs[] = { "sm_level_1", "sm_level_2", "sm_level_3", "sm_level_4", "sm_accent" };
  g_autoptr (GHashTable) colors
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) gdk_rgba_free);
  g_auto (GStrv) names = g_strsplit (files, " ", 0);

  for (guint i = 0; names[i] != NULL; i++)
    read_colors (colors, names[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (backs); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (texts); k++)
      assert_contrast (colors, files, texts[k], backs[i], 4.5);
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    assert_contrast (colors, files, signs[i], "sm_panel", 3);
  for (gsize i = 0; i < 3; i++)
    assert_contrast (colors, files, "sm_level_ink", signs[i], 3);
  assert_contrast (colors, files, "sm_accent_text", "sm_panel", 4.5);
  assert_contrast (colors, files, "accent_fg_color", "accent_bg_color", 4.5);
}

/* A Chinese interface is drawn in Chinese letter forms. */
static void
test_chinese_face (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *label = gtk_label_new ("直骨角");
  g_autofree char *family = NULL;
  PangoFont *font;
  PangoFontDescription *description;

  sm_style_use_fonts (gtk_settings_get_default (), "zh-CN");
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (label))
    g_main_context_iteration (NULL, TRUE);
  font = ((PangoGlyphItem *) pango_layout_get_line_readonly (
              gtk_label_get_layout (GTK_LABEL (label)), 0)
              ->runs->data)
             ->item->analysis.font;
  description = pango_font_describe (font);
  family = g_strdup (pango_font_description_get_family (description));
  pango_font_description_free (description);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_cmpstr (family, ==, "Noto Sans CJK SC");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  sm_style_init ();

  g_test_add_data_func ("/widgets/contrast/light", "style.css", test_contrast);
  g_test_add_data_func ("/widgets/contrast/dark", "style.css style-dark.css", test_contrast);
  g_test_add_data_func ("/widgets/contrast/light-high", "style.css style-hc.css", test_contrast);
  g_test_add_data_func ("/widgets/contrast/dark-high",
                        "style.css style-dark.css style-hc-dark.css", test_contrast);
  g_test_add_func ("/widgets/chinese/face", test_chinese_face);
  return g_test_run ();
}

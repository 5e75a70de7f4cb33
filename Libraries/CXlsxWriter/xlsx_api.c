#include "xlsx_api.h"

#include <dlfcn.h>
#include <stdio.h>
#include <xlsxwriter.h>

#define FUNCTIONS(each)            \
  each(workbook_new_opt)           \
  each(workbook_close)             \
  each(workbook_set_properties)    \
  each(workbook_add_worksheet)     \
  each(workbook_add_format)        \
  each(lxw_strerror)               \
  each(format_set_num_format)      \
  each(format_set_font_size)       \
  each(format_set_font_color)      \
  each(format_set_bg_color)        \
  each(format_set_bold)            \
  each(format_set_italic)          \
  each(format_set_text_wrap)       \
  each(format_set_align)           \
  each(format_set_indent)          \
  each(format_set_top)             \
  each(format_set_bottom)          \
  each(worksheet_write_number)     \
  each(worksheet_write_string)     \
  each(worksheet_merge_range)      \
  each(worksheet_set_column)       \
  each(worksheet_set_row)          \
  each(worksheet_freeze_panes)     \
  each(worksheet_set_landscape)    \
  each(worksheet_set_paper)        \
  each(worksheet_fit_to_pages)     \
  each(worksheet_set_footer)       \
  each(worksheet_repeat_rows)

#define POINTER(name) static __typeof__(&name) p_##name;
FUNCTIONS(POINTER)

const char *essor_xlsx_load(const char *library) {
  static char message[512];
  void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
  if (!handle) return dlerror();
#define FIND(name)                                                              \
  p_##name = (__typeof__(&name))dlsym(handle, #name);                           \
  if (!p_##name) {                                                              \
    snprintf(message, sizeof message, "%s has no function %s", library, #name); \
    return message;                                                             \
  }
  FUNCTIONS(FIND)
  return NULL;
}

// The handles that Swift holds are the library's own.
static lxw_workbook *workbook(essor_xlsx_book *book) { return (lxw_workbook *)book; }
static lxw_worksheet *worksheet(essor_xlsx_sheet *sheet) { return (lxw_worksheet *)sheet; }
static lxw_format *style(essor_xlsx_format *format) { return (lxw_format *)format; }

essor_xlsx_book *essor_xlsx_book_new(const char *file, const char *folder, int32_t is_long) {
  lxw_workbook_options options = {
      .constant_memory = is_long ? LXW_TRUE : LXW_FALSE, .tmpdir = (char *)folder, .use_zip64 = LXW_FALSE};
  return (essor_xlsx_book *)p_workbook_new_opt(file, &options);
}

int essor_xlsx_close(essor_xlsx_book *book) { return p_workbook_close(workbook(book)); }

const char *essor_xlsx_error(int number) { return p_lxw_strerror((lxw_error)number); }

int essor_xlsx_properties(essor_xlsx_book *book, const char *title, const char *subject, const char *author,
                          const char *comments, int64_t created) {
  // The library copies the texts.
  lxw_doc_properties properties = {
      .title = (char *)title,
      .subject = (char *)subject,
      .author = (char *)author,
      .comments = (char *)comments,
      .created = (time_t)created,
  };
  return p_workbook_set_properties(workbook(book), &properties);
}

essor_xlsx_sheet *essor_xlsx_sheet_new(essor_xlsx_book *book, const char *name) {
  return (essor_xlsx_sheet *)p_workbook_add_worksheet(workbook(book), name);
}

essor_xlsx_format *essor_xlsx_format_new(essor_xlsx_book *book, const char *number_format, double size, int32_t color,
                                         int32_t fill, int32_t indent, int32_t flags) {
  lxw_format *format = p_workbook_add_format(workbook(book));
  if (!format) return NULL;
  if (*number_format) p_format_set_num_format(format, number_format);
  if (size > 0) p_format_set_font_size(format, size);
  if (color >= 0) p_format_set_font_color(format, (lxw_color_t)color);
  if (fill >= 0) p_format_set_bg_color(format, (lxw_color_t)fill);
  if (flags & ESSOR_XLSX_BOLD) p_format_set_bold(format);
  if (flags & ESSOR_XLSX_ITALIC) p_format_set_italic(format);
  if (flags & ESSOR_XLSX_RIGHT) p_format_set_align(format, LXW_ALIGN_RIGHT);
  if (flags & ESSOR_XLSX_WRAP) {
    p_format_set_text_wrap(format);
    p_format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  }
  if (flags & ESSOR_XLSX_LINE_ABOVE) p_format_set_top(format, LXW_BORDER_THIN);
  if (flags & ESSOR_XLSX_LINE_BELOW) p_format_set_bottom(format, LXW_BORDER_THIN);
  if (indent > 0) p_format_set_indent(format, (uint8_t)(indent > 15 ? 15 : indent));
  return (essor_xlsx_format *)format;
}

int essor_xlsx_number(essor_xlsx_sheet *sheet, int32_t row, int32_t column, double value, essor_xlsx_format *format) {
  return p_worksheet_write_number(worksheet(sheet), (lxw_row_t)row, (lxw_col_t)column, value, style(format));
}

int essor_xlsx_text(essor_xlsx_sheet *sheet, int32_t row, int32_t column, const char *text, essor_xlsx_format *format) {
  return p_worksheet_write_string(worksheet(sheet), (lxw_row_t)row, (lxw_col_t)column, text, style(format));
}

int essor_xlsx_wide_text(essor_xlsx_sheet *sheet, int32_t row, int32_t first, int32_t last, const char *text,
                         essor_xlsx_format *format) {
  // The library takes no range of one cell.
  if (first == last) return essor_xlsx_text(sheet, row, first, text, format);
  return p_worksheet_merge_range(worksheet(sheet), (lxw_row_t)row, (lxw_col_t)first, (lxw_row_t)row, (lxw_col_t)last,
                                 text, style(format));
}

int essor_xlsx_width(essor_xlsx_sheet *sheet, int32_t column, double characters) {
  return p_worksheet_set_column(worksheet(sheet), (lxw_col_t)column, (lxw_col_t)column, characters, NULL);
}

int essor_xlsx_height(essor_xlsx_sheet *sheet, int32_t row, double points) {
  return p_worksheet_set_row(worksheet(sheet), (lxw_row_t)row, points, NULL);
}

void essor_xlsx_freeze(essor_xlsx_sheet *sheet, int32_t row, int32_t column) {
  p_worksheet_freeze_panes(worksheet(sheet), (lxw_row_t)row, (lxw_col_t)column);
}

int essor_xlsx_print(essor_xlsx_sheet *sheet, const char *footer) {
  const uint8_t a4 = 9;
  p_worksheet_set_landscape(worksheet(sheet));
  p_worksheet_set_paper(worksheet(sheet), a4);
  p_worksheet_fit_to_pages(worksheet(sheet), 1, 0);
  return p_worksheet_set_footer(worksheet(sheet), footer);
}

int essor_xlsx_repeat_rows(essor_xlsx_sheet *sheet, int32_t first, int32_t last) {
  return p_worksheet_repeat_rows(worksheet(sheet), (lxw_row_t)first, (lxw_row_t)last);
}

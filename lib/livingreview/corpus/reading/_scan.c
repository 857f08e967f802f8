/* The three loops of an import that touch every byte: lines into fields, fields into columns, cited
 * references into parts. What each must give is said by its plain counterpart in Python (wos_text,
 * fields.cited_reference), which the tests hold it to; a block that is not regular is declined.
 *
 * Every function takes read-only buffers and gives new bytes objects; offsets are int32, as in Arrow.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *at;
    size_t used, room;
    int failed;
} Buffer;

static int reserve(Buffer *b, size_t more) {
    if (b->failed) return 0;
    if (b->room - b->used >= more) return 1;
    size_t room = b->room ? b->room : 4096;
    while (room - b->used < more) room += room / 2 + 64;
    char *at = realloc(b->at, room);
    if (!at) { b->failed = 1; return 0; }
    b->at = at;
    b->room = room;
    return 1;
}

static void put(Buffer *b, const void *from, size_t count) {
    if (count && reserve(b, count)) {
        memcpy(b->at + b->used, from, count);
        b->used += count;
    }
}

static void put_int(Buffer *b, int32_t value) { put(b, &value, sizeof value); }

/* The buffer as bytes; it is freed whatever happens. */
static PyObject *take(Buffer *b) {
    PyObject *made = b->failed ? PyErr_NoMemory() : PyBytes_FromStringAndSize(b->at ? b->at : "", (Py_ssize_t)b->used);
    free(b->at);
    memset(b, 0, sizeof *b);
    return made;
}

static int is_blank(unsigned char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }
static int is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
static int is_capital(unsigned char c) { return c >= 'A' && c <= 'Z'; }
static int is_letter(unsigned char c) { return is_capital(c) || (c >= 'a' && c <= 'z'); }

#define CODE(a, b) ((int32_t)(a) << 8 | (int32_t)(b))

/* fields(block, listed) -> (record_lines, fields, rows) or None.
 * Both are int32 rows of (start, end, record, tag code, line of the tag): fields one for each field, from
 * its first letter to its last; rows one for each line of the tags in `listed` (two letters each).
 */
static PyObject *scan_fields(PyObject *self, PyObject *args) {
    Py_buffer block, listed;
    if (!PyArg_ParseTuple(args, "y*y*", &block, &listed)) return NULL;
    const unsigned char *text = block.buf;
    const unsigned char *tags = listed.buf;
    Py_ssize_t size = block.len, tag_count = listed.len / 2;
    Buffer lines = {0}, fields = {0}, rows = {0};
    int regular = size <= 1 << 30;
    uint64_t *seen = calloc(65536 / 64, sizeof *seen);
    int32_t *touched = malloc(65536 * sizeof *touched);
    if (!seen || !touched) { free(seen); free(touched); PyBuffer_Release(&block); PyBuffer_Release(&listed); return PyErr_NoMemory(); }

    Py_BEGIN_ALLOW_THREADS
    Py_ssize_t at = 0;
    int32_t record = -1, line = 0, code = 0, field_line = 0, touched_count = 0;
    Py_ssize_t start = 0, end = 0;
    int open = 0, in_field = 0, is_list = 0;
    for (; regular && at < size; line++) {
        const unsigned char *newline = memchr(text + at, '\n', (size_t)(size - at));
        Py_ssize_t stop = newline ? newline - text : size;
        Py_ssize_t length = stop - at, from = at;
        at = stop + 1;
        if (length == 0) { continue; }
        const unsigned char *l = text + from;
        int indented = length >= 3 && l[0] == ' ' && l[1] == ' ' && l[2] == ' ';
        int tagged = length >= 2 && is_capital(l[0]) && (is_capital(l[1]) || is_digit(l[1])) && (length == 2 || l[2] == ' ');
        if (!indented && !tagged) { regular = 0; break; }
        Py_ssize_t value = from + (length < 3 ? length : 3), value_end = stop;
        while (value_end > value && is_blank(text[value_end - 1])) value_end--;
        while (value_end > value && is_blank(text[value])) value++;
        if (indented) {
            if (value_end == value) continue;
            if (!in_field) { regular = 0; break; }
            if (is_list) {
                int32_t row[5] = {(int32_t)value, (int32_t)value_end, record, code, field_line};
                put(&rows, row, sizeof row);
            } else {
                if (end == start) start = value; /* the line of the tag holds nothing */
                end = value_end;
            }
            continue;
        }
        if (in_field && !is_list) {
            int32_t field[5] = {(int32_t)start, (int32_t)end, record, code, field_line};
            put(&fields, field, sizeof field);
        }
        in_field = 0;
        int32_t next = CODE(l[0], l[1]);
        if (next == CODE('F', 'N') || next == CODE('V', 'R') || next == CODE('E', 'F')) {
            if (open) { regular = 0; break; }
            continue;
        }
        if (next == CODE('E', 'R')) {
            if (!open || touched_count < 2) { regular = 0; break; }
            open = 0;
            for (int32_t n = 0; n < touched_count; n++) seen[touched[n] >> 6] = 0;
            touched_count = 0;
            continue;
        }
        if (next == CODE('P', 'T')) {
            if (open) { regular = 0; break; }
            open = 1;
            record++;
            put_int(&lines, line);
        } else if (!open) { regular = 0; break; }
        if (seen[next >> 6] >> (next & 63) & 1) { regular = 0; break; }
        seen[next >> 6] |= (uint64_t)1 << (next & 63);
        touched[touched_count++] = next;
        code = next;
        field_line = line;
        in_field = 1;
        start = value;
        end = value_end;
        is_list = 0;
        for (Py_ssize_t n = 0; n < tag_count; n++)
            if (CODE(tags[2 * n], tags[2 * n + 1]) == code) is_list = 1;
        if (is_list && value_end > value) {
            int32_t row[5] = {(int32_t)value, (int32_t)value_end, record, code, field_line};
            put(&rows, row, sizeof row);
        }
    }
    if (open) regular = 0;
    Py_END_ALLOW_THREADS

    free(seen);
    free(touched);
    PyBuffer_Release(&block);
    PyBuffer_Release(&listed);
    PyObject *a = take(&lines), *b = take(&fields), *c = take(&rows);
    if (!a || !b || !c) { Py_XDECREF(a); Py_XDECREF(b); Py_XDECREF(c); return NULL; }
    if (!regular) {
        Py_DECREF(a); Py_DECREF(b); Py_DECREF(c);
        Py_RETURN_NONE;
    }
    return Py_BuildValue("(NNN)", a, b, c);
}

/* gather(block, spans, stride) -> (offsets, data): the spans (start, end) at the beginning of each row of
 * `stride` int32, one value each; a break of line, with the blanks around it, becomes one space.
 */
static PyObject *scan_gather(PyObject *self, PyObject *args) {
    Py_buffer block, spans;
    int stride;
    if (!PyArg_ParseTuple(args, "y*y*i", &block, &spans, &stride)) return NULL;
    Py_ssize_t count = stride >= 2 ? spans.len / ((Py_ssize_t)stride * 4) : 0;
    const int32_t *row = spans.buf;
    const unsigned char *text = block.buf;
    Buffer offsets = {0}, data = {0};
    int good = stride >= 2;
    Py_BEGIN_ALLOW_THREADS
    reserve(&offsets, (size_t)(count + 1) * 4);
    put_int(&offsets, 0);
    for (Py_ssize_t n = 0; n < count && good; n++, row += stride) {
        int32_t start = row[0], end = row[1];
        if (start < 0 || end < start || end > block.len) { good = 0; break; }
        while (start < end) {
            const unsigned char *newline = memchr(text + start, '\n', (size_t)(end - start));
            int32_t stop = newline ? (int32_t)(newline - text) : end;
            int32_t kept = stop;
            while (newline && kept > start && is_blank(text[kept - 1])) kept--;
            put(&data, text + start, (size_t)(kept - start));
            if (!newline) break;
            start = stop + 1;
            while (start < end && (is_blank(text[start]) || text[start] == '\n')) start++;
            if (start < end) put(&data, " ", 1);
        }
        if (data.used > INT32_MAX) { good = 0; break; }
        put_int(&offsets, (int32_t)data.used);
    }
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&block);
    PyBuffer_Release(&spans);
    PyObject *a = take(&offsets), *b = take(&data);
    if (!a || !b) { Py_XDECREF(a); Py_XDECREF(b); return NULL; }
    if (!good) {
        Py_DECREF(a); Py_DECREF(b);
        PyErr_SetString(PyExc_ValueError, "a span lies outside its block");
        return NULL;
    }
    return Py_BuildValue("(NN)", a, b);
}

typedef struct { const unsigned char *from, *to; } Part;

/* Whether a part is the mark (one of two letters), up to `most` letters, a digit, and no blank after. */
static int is_place(Part p, unsigned char mark, unsigned char other, int capitals) {
    const unsigned char *c = p.from;
    if (c >= p.to || (*c != mark && *c != other)) return 0;
    c++;
    int digit = 0;
    for (int n = 0; n <= 2 && c + n < p.to; n++) {
        if (is_digit(c[n])) { digit = 1; break; }
        if (capitals ? !is_capital(c[n]) : !is_letter(c[n])) break;
    }
    if (!digit) return 0;
    for (; c < p.to; c++) if (is_blank(*c) || *c == '\n') return 0;
    return 1;
}

static int year_of(Part p) {
    Py_ssize_t length = p.to - p.from;
    const unsigned char *c = p.from;
    if (length != 4 && length != 5) return 0;
    for (int n = 0; n < 4; n++) if (!is_digit(c[n])) return 0;
    if (c[0] != '1' && !(c[0] == '2' && c[1] == '0')) return 0;
    if (length == 5 && !is_letter(c[4])) return 0;
    return (c[0] - '0') * 1000 + (c[1] - '0') * 100 + (c[2] - '0') * 10 + (c[3] - '0');
}

#define PARTS 5

/* references(data, offsets) -> (years, odd, offsets and data of author, source, volume, page, DOI).
 * years: int64, 0 for none. odd: int32 numbers of the references whose DOI is not plain; it stands as printed.
 */
static PyObject *scan_references(PyObject *self, PyObject *args) {
    Py_buffer data, offsets;
    if (!PyArg_ParseTuple(args, "y*y*", &data, &offsets)) return NULL;
    Py_ssize_t count = offsets.len / 4 - 1;
    const int32_t *offset = offsets.buf;
    const unsigned char *text = data.buf;
    Buffer years = {0}, odd = {0}, out_offsets[PARTS] = {{0}}, out[PARTS] = {{0}};
    Part *parts = NULL;
    size_t room = 0;
    int good = 1;
    Py_BEGIN_ALLOW_THREADS
    for (int n = 0; n < PARTS; n++) put_int(&out_offsets[n], 0);
    for (Py_ssize_t row = 0; row < count && good; row++) {
        if (offset[row] < 0 || offset[row + 1] < offset[row] || offset[row + 1] > data.len) { good = 0; break; }
        const unsigned char *from = text + offset[row], *end = text + offset[row + 1], *doi = end;
        size_t found = 0;
        const unsigned char *begin = from;
        for (const unsigned char *c = from;; ) {
            const unsigned char *comma = c < end ? memchr(c, ',', (size_t)(end - c)) : NULL;
            int separates = comma && comma + 1 < end && comma[1] == ' ';
            if (comma && !separates) { c = comma + 1; continue; }
            int marks = separates && end - comma >= 6 && memcmp(comma, ", DOI ", 6) == 0;
            if (found == room) {
                size_t more = room ? room * 2 : 64;
                Part *grown = realloc(parts, more * sizeof *parts);
                if (!grown) { good = 0; break; }
                parts = grown;
                room = more;
            }
            parts[found].from = begin;
            parts[found].to = separates ? comma : end;
            found++;
            if (marks) { doi = comma + 6; break; }
            if (!separates) break;
            begin = c = comma + 2;
        }
        if (!good) break;
        int64_t year = 0;
        size_t first = 1, author = 1, last = found;
        for (size_t n = 0; n < 3 && n < found; n++)
            if ((year = year_of(parts[n]))) { first = n + 1; author = n; break; }
        put(&years, &year, sizeof year);
        Part made[PARTS];
        for (int n = 0; n < PARTS; n++) made[n].from = made[n].to = from;
        if (author > 0) { made[0].from = parts[0].from; made[0].to = parts[author - 1].to; }
        if (last > first && is_place(parts[last - 1], 'P', 'p', 0)) { last--; made[3].from = parts[last].from + 1; made[3].to = parts[last].to; }
        if (last > first && is_place(parts[last - 1], 'V', 'V', 1)) { last--; made[2].from = parts[last].from + 1; made[2].to = parts[last].to; }
        if (last > first) { made[1].from = parts[first].from; made[1].to = parts[last - 1].to; }
        made[4].from = doi;
        made[4].to = end;
        for (int n = 0; n < PARTS; n++) put(&out[n], made[n].from, (size_t)(made[n].to - made[n].from));
        if (doi < end) {
            int plain = end - doi > 3 && memcmp(doi, "10.", 3) == 0;
            for (const unsigned char *c = doi; plain && c < end; c++) plain = *c < 128 && *c != ',' && *c != ']';
            if (!plain) put_int(&odd, (int32_t)row);
            else if (!out[4].failed)
                for (char *c = out[4].at + out[4].used - (end - doi); c < out[4].at + out[4].used; c++)
                    if (*c >= 'A' && *c <= 'Z') *c += 'a' - 'A';
        }
        for (int n = 0; n < PARTS; n++) put_int(&out_offsets[n], (int32_t)out[n].used);
    }
    free(parts);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&data);
    PyBuffer_Release(&offsets);
    PyObject *made = PyTuple_New(2 + 2 * PARTS);
    Buffer *all[2 + 2 * PARTS] = {&years, &odd};
    for (int n = 0; n < PARTS; n++) { all[2 + 2 * n] = &out_offsets[n]; all[3 + 2 * n] = &out[n]; }
    int failed = !made;
    for (int n = 0; n < 2 + 2 * PARTS; n++) {
        PyObject *one = take(all[n]);
        if (!one) failed = 1;
        else if (made) PyTuple_SET_ITEM(made, n, one);
        else Py_DECREF(one);
    }
    if (!failed && !good) {
        PyErr_SetString(PyExc_ValueError, "offsets lie outside their data");
        failed = 1;
    }
    if (failed) { Py_XDECREF(made); return NULL; }
    return made;
}

/* split(data, offsets, separator) -> (owners, offsets, data): the entries between separators, without the
 * blanks around them, none of them empty; owners: int32, the value each entry comes from.
 */
static PyObject *scan_split(PyObject *self, PyObject *args) {
    Py_buffer data, offsets;
    int separator;
    if (!PyArg_ParseTuple(args, "y*y*i", &data, &offsets, &separator)) return NULL;
    Py_ssize_t count = offsets.len / 4 - 1;
    const int32_t *offset = offsets.buf;
    const unsigned char *text = data.buf;
    Buffer owners = {0}, out_offsets = {0}, out = {0};
    int good = 1;
    Py_BEGIN_ALLOW_THREADS
    put_int(&out_offsets, 0);
    for (Py_ssize_t row = 0; row < count; row++) {
        if (offset[row] < 0 || offset[row + 1] < offset[row] || offset[row + 1] > data.len) { good = 0; break; }
        int32_t from = offset[row], end = offset[row + 1];
        while (from < end) {
            const unsigned char *found = memchr(text + from, separator, (size_t)(end - from));
            int32_t stop = found ? (int32_t)(found - text) : end, first = from, last = stop;
            while (last > first && is_blank(text[last - 1])) last--;
            while (first < last && is_blank(text[first])) first++;
            if (last > first) {
                put(&out, text + first, (size_t)(last - first));
                put_int(&out_offsets, (int32_t)out.used);
                put_int(&owners, (int32_t)row);
            }
            from = stop + 1;
        }
    }
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&data);
    PyBuffer_Release(&offsets);
    PyObject *a = take(&owners), *b = take(&out_offsets), *c = take(&out);
    if (!a || !b || !c || !good) {
        Py_XDECREF(a); Py_XDECREF(b); Py_XDECREF(c);
        if (!good) PyErr_SetString(PyExc_ValueError, "offsets lie outside their data");
        return NULL;
    }
    return Py_BuildValue("(NNN)", a, b, c);
}

static PyMethodDef methods[] = {
    {"fields", scan_fields, METH_VARARGS, "fields(block, listed) -> (record_lines, fields, rows) or None."},
    {"gather", scan_gather, METH_VARARGS, "gather(block, spans, stride) -> (offsets, data)."},
    {"references", scan_references, METH_VARARGS, "references(data, offsets) -> (years, odd, then offsets and data of five columns)."},
    {"split", scan_split, METH_VARARGS, "split(data, offsets, separator) -> (owners, offsets, data)."},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_scan", "Loops over the bytes of exports.", -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit__scan(void) { return PyModule_Create(&module); }

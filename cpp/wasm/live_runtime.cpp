// embind names a type that is not bound by printing its address, for an error that only a mistake
// in the bindings could cause. That one call would bring the C library's printer along, 3 kB of the
// live modules.

extern "C" int siprintf(char* text, const char* /*format*/, ...) {
  text[0] = '?';
  text[1] = '\0';
  return 1;
}

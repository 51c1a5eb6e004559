// Parts of embind's script that the live modules never call, left out: strings of wide characters and
// integers of 64 bits.
mergeInto(LibraryManager.library, {
  _embind_register_bigint: function () {},
  _embind_register_std_wstring: function () {},
});

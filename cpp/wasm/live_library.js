// Parts of embind's script that the live modules never call, left out: strings of wide characters.
mergeInto(LibraryManager.library, {
  _embind_register_std_wstring: function () {},
});

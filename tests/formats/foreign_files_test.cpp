#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/npy_header.hpp"
#include "synthgen/formats/tables/pt/tensor_pickle.hpp"
#include "synthgen/formats/tables/pt/zip_file.hpp"
#include "synthgen/formats/tables/rows.hpp"
#include "synthgen/io/crc32.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::Tokens;
using testing::value_of;
using namespace std::string_literals;
using namespace std::string_view_literals;

/// A reader of a file in memory in a format.
Result<std::unique_ptr<SequenceReader>> opened(const char* format,
                                               std::shared_ptr<const ByteFile> file) {
  return find_format(format)->open(std::move(file), {});
}

/// The sequences of a file, or what is wrong with it.
std::vector<Tokens> sequences_in(const char* format, const std::string& bytes) {
  return testing::sequences_of(
      value_of(value_of(opened(format, bytes_of_text(bytes, "data")))->read_all()));
}

std::string fault_in(const char* format, const std::string& bytes,
                     std::map<std::string, std::string_view> others = {}) {
  const auto reader = opened(format, bytes_of_text(bytes, "data", std::move(others)));
  if (!reader) return reader.error().message;
  const Result<SequenceBatch> batch = (*reader)->read_all();
  return batch ? "none" : batch.error().message;
}

/// An NPY file whose head says `dict`.
std::string npy(const std::string& dict, const std::string& data, char version = 1) {
  std::string bytes = "\x93NUMPY"s + version + '\0';
  if (version == 1) {
    append_number(static_cast<std::uint16_t>(dict.size()), bytes);
  } else {
    append_number(static_cast<std::uint32_t>(dict.size()), bytes);
  }
  return bytes + dict + data;
}

std::string dict(const std::string& descr, const std::string& shape, bool fortran = false) {
  return "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") +
         ", 'shape': " + shape + ", }\n";
}

TEST(ForeignNpy, IntegersOfAnySizeSignAndByteOrderAreRead) {
  const std::vector<Tokens> expected{{1, 2}, {3, 255}};
  EXPECT_EQ(sequences_in("npy", npy(dict("|u1", "(2, 2)"), "\1\2\3\xff")), expected);
  EXPECT_EQ(sequences_in("npy", npy(dict(">i2", "(2, 2)"), "\0\1\0\2\0\3\0\xff"s)), expected);
  EXPECT_EQ(sequences_in("npy", npy(dict("<u8", "(1, 1)"), "\7\0\0\0\0\0\0\0"s, 2)),
            (std::vector<Tokens>{{7}}));
}

TEST(ForeignNpy, WhatIsNoTableOfIntegersIsRefusedByName) {
  const auto fault = [](const std::string& bytes) { return fault_in("npy", bytes); };
  EXPECT_NE(fault(npy(dict("<i4", "(2, 1)", true), std::string(8, '\0'))).find("Fortran order"),
            std::string::npos);
  EXPECT_NE(fault(npy(dict("<f4", "(1, 1)"), "abcd")).find("dtype \"<f4\""), std::string::npos);
  EXPECT_NE(fault(npy(dict("|O", "(1, 1)"), "abcd")).find("dtype \"|O\""), std::string::npos);
  EXPECT_NE(fault(npy("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,)}", "abcd"))
                .find("has fields"),
            std::string::npos);
  EXPECT_NE(fault(npy(dict("<i4", "(1,)"), "abcd")).find("1 dimension"), std::string::npos);
  EXPECT_NE(fault(npy(dict("<i4", "(4, 0)"), "")).find("empty rows"), std::string::npos);
  EXPECT_EQ(fault(npy(dict("<i4", "(1, 1)"), "\xff\xff\xff\xff"s)),
            "data:1: byte 70: negative id -1");
}

TEST(ForeignNpy, SizesAreCheckedBeforeAnythingIsAllocated) {
  const auto fault = [](const std::string& bytes) { return fault_in("npy", bytes); };
  EXPECT_NE(fault("\x93NUMPY\2\0\xff\xff\xff\x7f"s).find("a head of 2147483647 bytes"),
            std::string::npos);
  for (const char* shape : {"(1000000000, 1000000000)", "(4294967296, 4294967296)", "(3, 1)",
                            "(99999999999999999999, 1)", "(2, 1, )x", "(-1, 2)"}) {
    EXPECT_NE(fault(npy(dict("<i4", shape), "abcdabcd")), "none") << shape;
  }
}

/// A ZIP with these records.
std::string zip(std::vector<std::pair<std::string, std::string>> files) {
  std::string bytes;
  std::vector<ZipRecord> records;
  for (const auto& [name, data] : files) {
    records.push_back(
        {.name = name, .bytes = data.size(), .crc32 = crc32(data), .offset = bytes.size()});
    bytes += zip_local_header(records.back(), false) + data;
  }
  return bytes + zip_directory(records, bytes.size());
}

std::string tensor(const std::string& pickle, const std::string& data) {
  return zip({{"a/data.pkl", pickle}, {"a/data/0", data}});
}

const std::string two_rows = pickle_tensor(Dtype::int32, std::array<std::uint64_t, 2>{2, 1});

TEST(ForeignPt, WhatTorchSavesIsRead) {
  const std::string data = "\1\0\0\0\2\0\0\0"s;
  EXPECT_EQ(sequences_in("pt", tensor(two_rows, data)), (std::vector<Tokens>{{1}, {2}}));
  // As Python's own pickler writes it: memo entries, tuples by their size, an empty tuple.
  const std::string from_torch =
      "\x80\x02"s +
      "ctorch._utils\n_rebuild_tensor_v2\nq\0((X\7\0\0\0storageq\1ctorch\nIntStorage\n"s +
      "q\2X\1\0\0\0"s + "0q\3X\3\0\0\0cpuq\4K\2tq\5QK\0K\2K\1\x86q\6K\1K\1\x86q\7\x89"s +
      "ccollections\nOrderedDict\nq\x08)Rq\ttq\nRq\x0b."s;
  EXPECT_EQ(sequences_in("pt", tensor(from_torch, data)), (std::vector<Tokens>{{1}, {2}}));
}

TEST(ForeignPt, APickleThatCallsAnythingElseIsRefusedAndRunsNothing) {
  const auto fault = [](const std::string& pickle) {
    return fault_in("pt", tensor(pickle, std::string(8, '\0')));
  };
  EXPECT_NE(fault("\x80\x02"s + "cos\nsystem\n(X\4\0\0\0exittR."s).find("names \"os.system\""),
            std::string::npos);
  EXPECT_NE(fault("\x80\x02\x8f."s).find("more than tensors, numbers, texts, lists and dicts"),
            std::string::npos)
      << "a set";
  EXPECT_NE(fault("\x80\x02K\1."s).find("no tensor by itself"), std::string::npos);
  EXPECT_NE(fault("\x80\x02"s + std::string(40, '(') + std::string(40, 't') + "."s)
                .find("nests too deep"),
            std::string::npos);
  for (std::size_t size = 0; size < two_rows.size(); ++size) {
    EXPECT_NE(fault(two_rows.substr(0, size)), "none") << size;
  }
}

TEST(ForeignPt, BombsAndOverlapsAreRefused) {
  const auto fault = [](const std::string& bytes) { return fault_in("pt", bytes); };
  const std::string good = tensor(two_rows, std::string(8, '\0'));
  EXPECT_EQ(fault(good), "none");
  // Two records of the directory share the data of one.
  std::string bytes;
  std::vector<ZipRecord> records;
  for (const char* name : {"a/data.pkl", "a/data/0"}) {
    records.push_back({.name = name, .bytes = two_rows.size(), .offset = bytes.size()});
    bytes += zip_local_header(records.back(), false) + two_rows;
  }
  records.push_back(records.back());
  records.back().name = "a/data/1";
  EXPECT_NE(fault(bytes + zip_directory(records, bytes.size())).find("overlap"), std::string::npos);
  records[1].bytes = std::uint64_t{1} << 60;
  EXPECT_NE(fault(bytes + zip_directory(records, bytes.size())).find("passes the file's end"),
            std::string::npos);
  std::string packed = good;
  packed[packed.find("PK\1\2") + 10] = 8;  // the method: deflate
  EXPECT_NE(fault(packed).find("compressed"), std::string::npos);
  EXPECT_NE(fault("\x80\x02old"s).find("not a ZIP"), std::string::npos);
  EXPECT_NE(fault(tensor(two_rows, "abcd")).find("does not hold"), std::string::npos);
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_NE(fault(good.substr(0, size)), "none") << size;
  }
}

std::string safetensors(const std::string& header, const std::string& data) {
  std::string bytes;
  append_number(std::uint64_t{header.size()}, bytes);
  return bytes + header + data;
}

TEST(ForeignSafetensors, HeadersThatDoNotDescribeTheFileAreRefused) {
  const auto fault = [](const std::string& header, const std::string& data) {
    return fault_in("safetensors", safetensors(header, data));
  };
  const auto ids = [](const std::string& dtype, const std::string& shape,
                      const std::string& place) {
    return R"({"input_ids":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" +
           place + "}}";
  };
  EXPECT_EQ(sequences_in("safetensors", safetensors(ids("U8", "[2,1]", "[0,2]"), "\1\2")),
            (std::vector<Tokens>{{1}, {2}}));
  EXPECT_NE(fault(ids("F32", "[1,1]", "[0,4]"), "abcd").find("dtype \"F32\""), std::string::npos);
  EXPECT_NE(fault(ids("U8", "[2,2]", "[0,2]"), "ab").find("do not make"), std::string::npos);
  EXPECT_NE(fault(ids("U8", "[4294967296,4294967296]", "[0,2]"), "ab").find("do not make"),
            std::string::npos);
  EXPECT_NE(fault(R"({"other":{}})", "").find("no tensor named input_ids"), std::string::npos);
  EXPECT_NE(fault_in("safetensors", "\xff\xff\xff\xff\xff\xff\xff\x7f{}").find("a header of"),
            std::string::npos);
}

TEST(ForeignMegatron, AnIndexThatDoesNotFitItsIdsIsRefused) {
  const auto index = [](std::uint64_t sequences, std::vector<std::int32_t> lengths,
                        std::vector<std::int64_t> places) {
    std::string bytes = "MMIDIDX\0\0"s;
    append_number<std::uint64_t>(1, bytes);
    append_number<std::uint8_t>(8, bytes);
    append_number(sequences, bytes);
    append_number<std::uint64_t>(0, bytes);
    for (const std::int32_t length : lengths) append_number(length, bytes);
    for (const std::int64_t place : places) append_number(place, bytes);
    return bytes;
  };
  const auto fault = [](const std::string& idx) {
    const auto reader =
        opened("megatron", bytes_of_text("\1\0\2\0\3\0"sv, "data.bin", {{".idx", idx}}));
    return reader ? "none" : reader.error().message;
  };
  EXPECT_EQ(fault(index(2, {1, 2}, {0, 2})), "none");
  const auto grouped = [&](std::vector<std::int64_t> documents) {
    std::string bytes = index(2, {1, 2}, {0, 2});
    bytes.replace(26, 8, std::string(8, '\0'));
    bytes[26] = static_cast<char>(documents.size());
    for (const std::int64_t document : documents) append_number(document, bytes);
    return fault(bytes);
  };
  EXPECT_EQ(grouped({0, 2}), "none");
  EXPECT_EQ(grouped({0, 1, 1, 2}), "none") << "an empty document";
  for (const std::vector<std::int64_t>& bad :
       {std::vector<std::int64_t>{1, 2}, {0, 1}, {0, 3}, {0, 2, 1, 2}, {0, -1, 2}}) {
    EXPECT_NE(grouped(bad).find("in the index of documents"), std::string::npos);
  }
  EXPECT_NE(fault(index(2, {1, 2}, {0, 4})), "none") << "a hole";
  EXPECT_NE(fault(index(2, {1, 3}, {0, 2})), "none") << "past the end";
  EXPECT_NE(fault(index(1, {1}, {0})), "none") << "ids left over";
  EXPECT_NE(fault(index(2, {1, -1}, {0, 2})), "none");
  EXPECT_NE(fault(index(std::uint64_t{1} << 62, {1}, {0})), "none");
}

TEST(ForeignRows, LengthsAndMasksAreHeldAgainstTheRows) {
  const std::string table = npy(dict("|u1", "(2, 2)"), "\1\2\3\4");
  const auto with_lengths = [&](const std::string& lengths) {
    return fault_in("npy", table, {{"_lengths.npy", lengths}});
  };
  EXPECT_EQ(with_lengths(npy(dict("|u1", "(2,)"), "\1\2")), "none");
  EXPECT_NE(with_lengths(npy(dict("|u1", "(2,)"), "\1\3")).find("length of sequence 2: got 3"),
            std::string::npos);
  EXPECT_NE(with_lengths(npy(dict("|u1", "(1,)"), "\1")).find("not the lengths of the 2 rows"),
            std::string::npos);
}

}  // namespace
}  // namespace synthgen

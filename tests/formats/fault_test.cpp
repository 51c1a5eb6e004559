#include "synthgen/formats/fault.hpp"

#include <gtest/gtest.h>
#include <set>

namespace synthgen {
namespace {

TEST(Fault, TextIsFileLineAndMessage) {
  EXPECT_EQ((Fault{FaultKind::empty, "a.jsonl", 12, "no tokens"}).text(), "a.jsonl:12: no tokens");
}

TEST(Fault, KindsHaveNamesOfTheirOwn) {
  EXPECT_EQ(name(FaultKind::malformed), "malformed");
  EXPECT_EQ(name(FaultKind::too_long), "too_long");
  const std::set<std::string_view> names(fault_kind_names.begin(), fault_kind_names.end());
  EXPECT_EQ(names.size(), fault_kind_names.size());
}

}  // namespace
}  // namespace synthgen

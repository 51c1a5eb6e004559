#include "synthgen/formats/tables/pt/tensor_pickle.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/tables/named_tensors.hpp"
#include "synthgen/formats/tables/pt/pickle_machine.hpp"
#include "synthgen/formats/tables/rows.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

void append_int(std::uint64_t value, std::string& bytes) {
  if (value <= UINT8_MAX) {
    bytes += 'K';
    append_number(static_cast<std::uint8_t>(value), bytes);
  } else if (value <= UINT16_MAX) {
    bytes += 'M';
    append_number(static_cast<std::uint16_t>(value), bytes);
  } else if (value <= INT32_MAX) {
    bytes += 'J';
    append_number(static_cast<std::uint32_t>(value), bytes);
  } else {
    bytes += "\x8a\x08";
    append_number(value, bytes);
  }
}

void append_text(std::string_view text, std::string& bytes) {
  bytes += 'X';
  append_number(static_cast<std::uint32_t>(text.size()), bytes);
  bytes += text;
}

/// A type of numbers by PyTorch's names of its storage and of itself.
struct TorchType {
  std::string_view storage;
  std::string_view name;
  Element element;
};
constexpr std::array torch_types{
    TorchType{"LongStorage", "int64", {8, true}},  TorchType{"IntStorage", "int32", {4, true}},
    TorchType{"ShortStorage", "int16", {2, true}}, TorchType{"CharStorage", "int8", {1, true}},
    TorchType{"ByteStorage", "uint8", {1, false}}, TorchType{"BoolStorage", "bool", {1, false}},
    TorchType{"", "uint16", {2, false}},           TorchType{"", "uint32", {4, false}},
    TorchType{"", "uint64", {8, false}},           TorchType{"FloatStorage", "float32", {}},
    TorchType{"DoubleStorage", "float64", {}},     TorchType{"HalfStorage", "float16", {}},
    TorchType{"BFloat16Storage", "bfloat16", {}}};

const TorchType* type_named(std::string_view name) {
  constexpr std::string_view module = "torch.";
  if (!name.starts_with(module)) return nullptr;
  name.remove_prefix(module.size());
  for (const TorchType& type : torch_types) {
    if (name == type.name || (!type.storage.empty() && name == type.storage)) return &type;
  }
  return nullptr;
}

using PickleKind = PickleValue::Kind;

/// Makes items of a machine's values.
class ItemReader {
 public:
  /// Why it stopped; empty otherwise.
  const std::string& reason() const noexcept { return reason_; }

  PickledItem item(const PickleValue& value, bool may_have_rows) {
    switch (value.kind) {
      case PickleKind::tensor:
        return tensor_item(value);
      case PickleKind::list:
      case PickleKind::tuple:
        return list_item(value, may_have_rows);
      case PickleKind::integer:
      case PickleKind::real:
        return {.what = "a number"};
      case PickleKind::text:
        return {.what = "a text"};
      case PickleKind::boolean:
        return {.what = "a truth value"};
      case PickleKind::none:
        return {.what = "None"};
      case PickleKind::dict:
        return {.what = "a dict"};
      default:
        return {.what = "something else"};
    }
  }

 private:
  static bool is_row(const PickleValue& value) {
    const bool is_list = value.kind == PickleKind::list || value.kind == PickleKind::tuple;
    return is_list &&
           std::all_of(value.items.begin(), value.items.end(),
                       [](const PickleValue* item) { return item->kind == PickleKind::integer; });
  }

  PickledItem list_item(const PickleValue& value, bool may_have_rows) {
    PickledItem item{.what = "a list of " + counted(value.items.size(), "value")};
    if (!value.items.empty() && is_row(value)) {
      item.kind = PickledItem::Kind::row;
      for (const PickleValue* number : value.items) item.numbers.push_back(number->integer);
      return item;
    }
    const bool has_rows =
        may_have_rows &&
        std::all_of(value.items.begin(), value.items.end(), [](const PickleValue* row) {
          return row->kind == PickleKind::tensor || is_row(*row);
        });
    if (!has_rows) {
      if (value.items.empty()) item.kind = PickledItem::Kind::row;
      return item;
    }
    item.kind = PickledItem::Kind::rows;
    for (const PickleValue* row : value.items) item.rows.push_back(this->item(*row, false));
    return item;
  }

  void stop(std::string_view reason) {
    if (reason_.empty()) reason_ = reason;
  }
  std::uint64_t count_of(const PickleValue& value) {
    if (value.kind == PickleKind::integer && value.integer >= 0) {
      return static_cast<std::uint64_t>(value.integer);
    }
    stop("the tensor's shape is malformed");
    return 0;
  }
  std::vector<std::uint64_t> counts_of(const PickleValue& value) {
    std::vector<std::uint64_t> counts;
    if (value.kind != PickleKind::tuple) stop("the tensor's shape is malformed");
    for (const PickleValue* item : value.items) counts.push_back(count_of(*item));
    return counts;
  }

  PickledItem tensor_item(const PickleValue& value) {
    PickledItem item{.kind = PickledItem::Kind::tensor};
    const std::vector<const PickleValue*>& arguments = value.items;
    if (arguments.size() < 4 || arguments[0]->kind != PickleKind::storage) {
      stop("the tensor is malformed");
      return item;
    }
    const auto& storage = arguments[0]->items;  // "storage", type, key, device, numel
    if (storage[1]->kind != PickleKind::name || storage[2]->kind != PickleKind::text) {
      stop("the storage is malformed");
      return item;
    }
    // A storage without a type: that of the tensor follows its other arguments.
    const bool is_untyped = storage[1]->text.ends_with(".UntypedStorage");
    const PickleValue* const name =
        is_untyped ? (arguments.size() > 6 ? arguments[6] : nullptr) : storage[1];
    const TorchType* const type =
        name != nullptr && name->kind == PickleKind::name ? type_named(name->text) : nullptr;
    if (type == nullptr) {
      stop("the storage is malformed");
      return item;
    }
    item.tensor = {.storage = storage[2]->text,
                   .dtype = std::string(type->name),
                   .element = type->element,
                   .offset = count_of(*arguments[1]),
                   .shape = counts_of(*arguments[2]),
                   .strides = counts_of(*arguments[3])};
    item.what = tensor_text(item.tensor.shape, type->name);
    return item;
  }

  std::string reason_;
};

}  // namespace

std::string pickle_tensor(Dtype dtype, std::span<const std::uint64_t> shape) {
  std::uint64_t numel = 1;
  for (const std::uint64_t size : shape) numel *= size;
  std::string bytes("\x80\x02", 2);
  bytes += "ctorch._utils\n_rebuild_tensor_v2\n((";
  append_text("storage", bytes);
  bytes += dtype == Dtype::int64 ? "ctorch\nLongStorage\n" : "ctorch\nIntStorage\n";
  append_text("0", bytes);
  append_text("cpu", bytes);
  append_int(numel, bytes);
  bytes += "tQ";
  append_int(0, bytes);
  bytes += '(';
  for (const std::uint64_t size : shape) append_int(size, bytes);
  bytes += "t(";
  for (std::size_t i = 1; i <= shape.size(); ++i) {
    std::uint64_t stride = 1;
    for (const std::uint64_t size : shape.subspan(i)) stride *= std::max<std::uint64_t>(1, size);
    append_int(stride, bytes);
  }
  bytes += "t\x89";
  bytes += "ccollections\nOrderedDict\n)RtR.";
  return bytes;
}

Unpickled unpickle(std::string_view pickle) {
  PickleMachine machine(pickle);
  const PickleValue* const value = machine.run();
  Unpickled found{.reason = machine.reason(), .place = machine.place()};
  if (value == nullptr) return found;
  ItemReader reader;
  found.is_dict = value->kind == PickleKind::dict;
  if (found.is_dict) {
    for (std::size_t i = 0; i + 1 < value->items.size(); i += 2) {
      if (value->items[i]->kind != PickleKind::text) continue;
      found.members.emplace_back(value->items[i]->text, reader.item(*value->items[i + 1], true));
    }
  } else {
    found.members.emplace_back(std::string(), reader.item(*value, true));
  }
  found.reason = reader.reason();
  return found;
}

}  // namespace synthgen

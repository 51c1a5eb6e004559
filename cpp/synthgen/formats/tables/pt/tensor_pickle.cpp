#include "synthgen/formats/tables/pt/tensor_pickle.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/formats/tables/rows.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <memory>

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

struct StorageType {
  std::string_view name;
  Element element;
};
constexpr std::array storage_types{
    StorageType{"LongStorage", {8, true}}, StorageType{"IntStorage", {4, true}},
    StorageType{"ShortStorage", {2, true}}, StorageType{"CharStorage", {1, true}},
    StorageType{"ByteStorage", {1, false}}};

/// A value on the machine's stack.
struct PickleValue {
  enum class Kind : std::uint8_t { integer, text, boolean, name, tuple, dict, storage, tensor };
  Kind kind = Kind::integer;
  std::int64_t integer = 0;
  std::string text = {};  ///< of text and names
  std::vector<std::shared_ptr<const PickleValue>> items = {};
  int depth = 0;  ///< of tuples within tuples
};
using Handle = std::shared_ptr<const PickleValue>;

class PickleMachine {
 public:
  explicit PickleMachine(std::string_view pickle) : pickle_(pickle) {}

  UnpickledTensor run() {
    UnpickledTensor result;
    while (reason_.empty() && !stopped_) {
      place_ = at_;
      step();
    }
    if (reason_.empty()) read_tensor(result.tensor);
    result.reason = reason_;
    result.place = place_;
    return result;
  }

 private:
  using Kind = PickleValue::Kind;
  using Values = std::vector<Handle>;

  void stop(std::string reason) {
    if (reason_.empty()) reason_ = std::move(reason);
  }

  std::string_view take(std::size_t count) {
    if (count > pickle_.size() - at_) {
      stop("the pickle is cut short");
      return {};
    }
    at_ += count;
    return pickle_.substr(at_ - count, count);
  }
  template <class T>
  T number() {
    const std::string_view bytes = take(sizeof(T));
    T value{};
    if (bytes.size() == sizeof(T)) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
  std::string_view line() {
    const std::size_t end = pickle_.find('\n', at_);
    if (end == pickle_.npos) {
      stop("the pickle is cut short");
      return {};
    }
    const std::string_view text = pickle_.substr(at_, end - at_);
    at_ = end + 1;
    return text;
  }

  void push(PickleValue value) {
    stack_.push_back(std::make_shared<const PickleValue>(std::move(value)));
  }
  void push_integer(std::int64_t value) { push({.kind = Kind::integer, .integer = value}); }
  Handle pop() {
    if (stack_.empty() || (!marks_.empty() && stack_.size() == marks_.back())) {
      stop("the pickle takes from an empty stack");
      return std::make_shared<const PickleValue>();
    }
    Handle value = std::move(stack_.back());
    stack_.pop_back();
    return value;
  }
  void push_tuple(Values items) {
    constexpr int deepest = 16;
    PickleValue tuple{.kind = Kind::tuple, .items = std::move(items)};
    for (const Handle& item : tuple.items) tuple.depth = std::max(tuple.depth, item->depth + 1);
    if (tuple.depth > deepest) stop("the pickle nests too deep");
    push(std::move(tuple));
  }
  void push_tuple_of(std::size_t count) {
    Values items(count);
    for (std::size_t i = count; i-- > 0;) items[i] = pop();
    push_tuple(std::move(items));
  }
  void tuple_from_mark() {
    if (marks_.empty()) return stop("the pickle has no mark");
    const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    Values items(first, stack_.end());
    stack_.erase(first, stack_.end());
    marks_.pop_back();
    push_tuple(std::move(items));
  }
  void long_integer() {
    const std::size_t size = number<std::uint8_t>();
    const std::string_view bytes = take(size);
    if (size > sizeof(std::int64_t)) return stop("the pickle has an integer of over 64 bits");
    std::int64_t value = !bytes.empty() && (bytes.back() & 0x80) != 0 ? -1 : 0;
    if (!bytes.empty()) std::memcpy(&value, bytes.data(), bytes.size());
    push_integer(value);
  }
  void global() {
    std::string name(line());
    name += '.';
    name += line();
    bool known = name == "torch._utils._rebuild_tensor_v2" || name == "collections.OrderedDict";
    for (const StorageType& type : storage_types) {
      known = known || name == std::string("torch.").append(type.name);
    }
    if (!known) {
      return stop(
          formatted("the pickle names {}; a plain tensor of integers is read", quoted_start(name)));
    }
    push({.kind = Kind::name, .text = std::move(name)});
  }
  void remember(std::uint32_t slot) {
    constexpr std::size_t most = 1024;
    Handle value = pop();
    if (memo_.size() == most) return stop("the pickle remembers too much");
    memo_[slot] = value;
    stack_.push_back(std::move(value));
  }
  void recall(std::uint32_t slot) {
    const auto found = memo_.find(slot);
    if (found == memo_.end()) return stop("the pickle recalls what it never put");
    stack_.push_back(found->second);
  }
  void persistent_id() {
    const Handle id = pop();
    if (id->kind != Kind::tuple || id->items.size() != 5) return stop("the storage is malformed");
    push({.kind = Kind::storage, .items = id->items, .depth = id->depth});
  }
  void reduce() {
    const Handle arguments = pop();
    const Handle function = pop();
    if (function->kind != Kind::name || arguments->kind != Kind::tuple) {
      return stop("the pickle calls what is no known function");
    }
    if (function->text == "collections.OrderedDict" && arguments->items.empty()) {
      return push({.kind = Kind::dict});
    }
    if (function->text != "torch._utils._rebuild_tensor_v2") {
      return stop("the pickle calls what is no known function");
    }
    push({.kind = Kind::tensor, .items = arguments->items, .depth = arguments->depth});
  }

  void step() {
    const std::string_view opcode = take(1);
    if (opcode.empty()) return;
    switch (static_cast<unsigned char>(opcode[0])) {
      case 0x80:  // PROTO
        if (number<std::uint8_t>() > 4) stop("the pickle's protocol is above 4");
        return;
      case '(':
        return marks_.push_back(stack_.size());
      case 't':
        return tuple_from_mark();
      case ')':
        return push_tuple({});
      case 0x85:
      case 0x86:
      case 0x87:
        return push_tuple_of(static_cast<unsigned char>(opcode[0]) - std::size_t{0x84});
      case 'X':
        return push({.kind = Kind::text, .text = std::string(take(number<std::uint32_t>()))});
      case 'K':
        return push_integer(number<std::uint8_t>());
      case 'M':
        return push_integer(number<std::uint16_t>());
      case 'J':
        return push_integer(number<std::int32_t>());
      case 0x8a:
        return long_integer();
      case 0x88:
      case 0x89:
        return push({.kind = Kind::boolean, .integer = opcode[0] == '\x88' ? 1 : 0});
      case 'c':
        return global();
      case 'q':
        return remember(number<std::uint8_t>());
      case 'r':
        return remember(number<std::uint32_t>());
      case 'h':
        return recall(number<std::uint8_t>());
      case 'j':
        return recall(number<std::uint32_t>());
      case 'Q':
        return persistent_id();
      case 'R':
        return reduce();
      case '.':
        stopped_ = true;
        return;
      default:
        stop(formatted("the pickle has the opcode {}; a plain tensor has none such",
                       static_cast<unsigned>(static_cast<unsigned char>(opcode[0]))));
    }
  }

  std::uint64_t count_of(const PickleValue& value) {
    if (value.kind == Kind::integer && value.integer >= 0) {
      return static_cast<std::uint64_t>(value.integer);
    }
    stop("the tensor's shape is malformed");
    return 0;
  }
  std::vector<std::uint64_t> counts_of(const PickleValue& value) {
    std::vector<std::uint64_t> counts;
    if (value.kind != Kind::tuple) stop("the tensor's shape is malformed");
    for (const Handle& item : value.items) counts.push_back(count_of(*item));
    return counts;
  }
  void read_tensor(PickledTensor& tensor) {
    if (stack_.size() != 1 || stack_.front()->kind != Kind::tensor) {
      return stop("the pickle holds no tensor by itself");
    }
    const Values& arguments = stack_.front()->items;
    if (arguments.size() < 4 || arguments[0]->kind != Kind::storage) {
      return stop("the tensor is malformed");
    }
    const Values& storage = arguments[0]->items;  // "storage", type, key, device, numel
    if (storage[1]->kind != Kind::name || storage[2]->kind != Kind::text) {
      return stop("the storage is malformed");
    }
    for (const StorageType& type : storage_types) {
      if (storage[1]->text == std::string("torch.").append(type.name))
        tensor.element = type.element;
    }
    if (tensor.element.bytes == 0) return stop("the storage is malformed");
    tensor.storage = storage[2]->text;
    tensor.numel = count_of(*storage[4]);
    tensor.offset = count_of(*arguments[1]);
    tensor.shape = counts_of(*arguments[2]);
    tensor.strides = counts_of(*arguments[3]);
  }

  std::string_view pickle_;
  std::size_t at_ = 0;
  std::uint64_t place_ = 0;
  bool stopped_ = false;
  std::string reason_;
  Values stack_;
  std::vector<std::size_t> marks_;
  std::map<std::uint32_t, Handle> memo_;
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

UnpickledTensor unpickle_tensor(std::string_view pickle) {
  return PickleMachine(pickle).run();
}

}  // namespace synthgen

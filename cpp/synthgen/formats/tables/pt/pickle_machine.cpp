#include "synthgen/formats/tables/pt/pickle_machine.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace synthgen {
namespace {

/// The names that the pickle of a tensor has besides those of types.
constexpr std::array<std::string_view, 5> known_names{
    "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3", "collections.OrderedDict",
    "torch.storage.UntypedStorage", "torch.UntypedStorage"};

/// Whether it is one of PyTorch's types of numbers: torch.uint16, torch.LongStorage.
bool is_type_name(std::string_view name) {
  constexpr std::string_view module = "torch.";
  constexpr std::string_view storage = "Storage";
  constexpr std::array<std::string_view, 12> types{"uint8",   "int8",    "int16",   "int32",
                                                   "int64",   "uint16",  "uint32",  "uint64",
                                                   "float16", "float32", "float64", "bfloat16"};
  constexpr std::array<std::string_view, 10> storages{
      "Byte", "Char", "Short", "Int", "Long", "Half", "Float", "Double", "BFloat16", "Bool"};
  if (!name.starts_with(module)) return false;
  name.remove_prefix(module.size());
  if (std::find(types.begin(), types.end(), name) != types.end()) return true;
  if (!name.ends_with(storage)) return false;
  name.remove_suffix(storage.size());
  return std::find(storages.begin(), storages.end(), name) != storages.end();
}

}  // namespace

void PickleMachine::stop(std::string reason) {
  if (reason_.empty()) reason_ = std::move(reason);
}

std::string_view PickleMachine::take(std::uint64_t count) {
  if (count > pickle_.size() - at_) {
    stop("the pickle is cut short");
    return {};
  }
  const auto size = static_cast<std::size_t>(count);
  at_ += size;
  return pickle_.substr(at_ - size, size);
}

template <class T>
T PickleMachine::number() {
  const std::string_view bytes = take(sizeof(T));
  T value{};
  if (bytes.size() == sizeof(T)) std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

std::string_view PickleMachine::line() {
  const std::size_t end = pickle_.find('\n', at_);
  if (end == pickle_.npos) {
    stop("the pickle is cut short");
    return {};
  }
  const std::string_view text = pickle_.substr(at_, end - at_);
  at_ = end + 1;
  return text;
}

void PickleMachine::push(PickleValue value) {
  stack_.push_back(&values_.emplace_back(std::move(value)));
}

PickleValue* PickleMachine::top() {
  if (stack_.empty() || (!marks_.empty() && stack_.size() == marks_.back())) {
    stop("the pickle takes from an empty stack");
    return &values_.emplace_back();
  }
  return stack_.back();
}

PickleValue* PickleMachine::pop() {
  PickleValue* const value = top();
  if (reason_.empty()) stack_.pop_back();
  return value;
}

std::vector<const PickleValue*> PickleMachine::from_mark() {
  if (marks_.empty()) {
    stop("the pickle has no mark");
    return {};
  }
  const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
  std::vector<const PickleValue*> items(first, stack_.end());
  stack_.erase(first, stack_.end());
  marks_.pop_back();
  return items;
}

void PickleMachine::push_tuple(std::vector<const PickleValue*> items) {
  constexpr int deepest = 16;
  PickleValue tuple{.kind = Kind::tuple, .items = std::move(items)};
  for (const PickleValue* item : tuple.items) tuple.depth = std::max(tuple.depth, item->depth + 1);
  if (tuple.depth > deepest) stop("the pickle nests too deep");
  push(std::move(tuple));
}

void PickleMachine::push_tuple_of(std::size_t count) {
  std::vector<const PickleValue*> items(count);
  for (std::size_t i = count; i-- > 0;) items[i] = pop();
  push_tuple(std::move(items));
}

void PickleMachine::append(std::vector<const PickleValue*> items, Kind kind) {
  PickleValue* const target = top();
  if (!reason_.empty()) return;
  if (target->kind != kind || (kind == Kind::dict && items.size() % 2 != 0)) {
    return stop("the pickle adds to what is no list or dict");
  }
  target->items.insert(target->items.end(), items.begin(), items.end());
}

void PickleMachine::long_integer() {
  const std::size_t size = number<std::uint8_t>();
  const std::string_view bytes = take(size);
  if (size > sizeof(std::int64_t)) return stop("the pickle has an integer of over 64 bits");
  std::int64_t value = !bytes.empty() && (bytes.back() & 0x80) != 0 ? -1 : 0;
  if (!bytes.empty()) std::memcpy(&value, bytes.data(), bytes.size());
  push({.kind = Kind::integer, .integer = value});
}

void PickleMachine::global(std::string name) {
  const bool is_known =
      std::find(known_names.begin(), known_names.end(), name) != known_names.end();
  if (is_known || is_type_name(name)) return push({.kind = Kind::name, .text = std::move(name)});
  stop(formatted("the pickle names {}; a tensor of integers, and a list or dict of them, is read",
                 quoted_start(name)));
}

void PickleMachine::stack_global() {
  const PickleValue* const name = pop();
  const PickleValue* const module = pop();
  if (name->kind != Kind::text || module->kind != Kind::text) {
    return stop("the pickle names what is no text");
  }
  global(module->text + '.' + name->text);
}

void PickleMachine::remember(std::uint64_t slot) {
  constexpr std::uint64_t most = 1 << 20;
  if (slot >= most) return stop("the pickle remembers too much");
  if (slot >= memo_.size()) memo_.resize(static_cast<std::size_t>(slot) + 1);
  memo_[static_cast<std::size_t>(slot)] = top();
}

void PickleMachine::recall(std::uint64_t slot) {
  if (slot >= memo_.size() || memo_[static_cast<std::size_t>(slot)] == nullptr) {
    return stop("the pickle recalls what it never put");
  }
  stack_.push_back(memo_[static_cast<std::size_t>(slot)]);
}

void PickleMachine::persistent_id() {
  const PickleValue* const id = pop();
  if (id->kind != Kind::tuple || id->items.size() != 5) return stop("the storage is malformed");
  push({.kind = Kind::storage, .depth = id->depth, .items = id->items});
}

void PickleMachine::reduce() {
  const PickleValue* const arguments = pop();
  const PickleValue* const function = pop();
  const bool is_call = function->kind == Kind::name && arguments->kind == Kind::tuple;
  if (is_call && function->text == "collections.OrderedDict" && arguments->items.empty()) {
    return push({.kind = Kind::dict});
  }
  if (!is_call || !function->text.starts_with("torch._utils._rebuild_tensor_v")) {
    return stop("the pickle calls what is no known function");
  }
  push({.kind = Kind::tensor, .depth = arguments->depth, .items = arguments->items});
}

/// What an OrderedDict has besides its members, such as the versions of a module.
void PickleMachine::build() {
  pop();
  if (top()->kind != Kind::dict) stop("the pickle sets up what is no dict");
}

bool PickleMachine::step_constant(unsigned char opcode) {
  switch (opcode) {
    case 'N':
      push({});
      return true;
    case 0x88:
    case 0x89:
      push({.kind = Kind::boolean, .integer = opcode == 0x88 ? 1 : 0});
      return true;
    case 'K':
      push({.kind = Kind::integer, .integer = number<std::uint8_t>()});
      return true;
    case 'M':
      push({.kind = Kind::integer, .integer = number<std::uint16_t>()});
      return true;
    case 'J':
      push({.kind = Kind::integer, .integer = number<std::int32_t>()});
      return true;
    case 0x8a:
      long_integer();
      return true;
    case 'G':
      static_cast<void>(take(sizeof(double)));
      push({.kind = Kind::real});
      return true;
    case 'X':
      push({.kind = Kind::text, .text = std::string(take(number<std::uint32_t>()))});
      return true;
    case 0x8c:
      push({.kind = Kind::text, .text = std::string(take(number<std::uint8_t>()))});
      return true;
    case 0x8d:
      push({.kind = Kind::text, .text = std::string(take(number<std::uint64_t>()))});
      return true;
    default:
      return false;
  }
}

bool PickleMachine::step_container(unsigned char opcode) {
  switch (opcode) {
    case '(':
      marks_.push_back(stack_.size());
      return true;
    case 't':
      push_tuple(from_mark());
      return true;
    case ')':
      push_tuple({});
      return true;
    case 0x85:
    case 0x86:
    case 0x87:
      push_tuple_of(opcode - std::size_t{0x84});
      return true;
    case ']':
      push({.kind = Kind::list});
      return true;
    case 'l':
      push({.kind = Kind::list, .items = from_mark()});
      return true;
    case 'a':
      append({pop()}, Kind::list);
      return true;
    case 'e':
      append(from_mark(), Kind::list);
      return true;
    case '}':
      push({.kind = Kind::dict});
      return true;
    case 's': {
      const PickleValue* const value = pop();
      const PickleValue* const key = pop();
      append({key, value}, Kind::dict);
      return true;
    }
    case 'u':
      append(from_mark(), Kind::dict);
      return true;
    default:
      return false;
  }
}

void PickleMachine::step() {
  const std::string_view opcode = take(1);
  if (opcode.empty()) return;
  const auto code = static_cast<unsigned char>(opcode[0]);
  if (step_constant(code) || step_container(code)) return;
  switch (code) {
    case 0x80:  // the protocol
      if (number<std::uint8_t>() > 5) stop("the pickle's protocol is above 5");
      return;
    case 0x95:  // a frame, whose length is of use to those who read from a stream
      static_cast<void>(number<std::uint64_t>());
      return;
    case 'c': {
      std::string name(line());
      name += '.';
      name += line();
      return global(std::move(name));
    }
    case 0x93:
      return stack_global();
    case 'q':
      return remember(number<std::uint8_t>());
    case 'r':
      return remember(number<std::uint32_t>());
    case 0x94:
      return remember(memo_.size());
    case 'h':
      return recall(number<std::uint8_t>());
    case 'j':
      return recall(number<std::uint32_t>());
    case 'Q':
      return persistent_id();
    case 'R':
      return reduce();
    case 'b':
      return build();
    case '.':
      stopped_ = true;
      return;
    default:
      stop(
          "the pickle holds more than tensors, numbers, texts, lists and dicts, which are read: "
          "torch.save({'input_ids': ids}, FILE)");
  }
}

const PickleValue* PickleMachine::run() {
  while (reason_.empty() && !stopped_) {
    place_ = at_;
    step();
  }
  if (reason_.empty() && stack_.size() != 1) stop("the pickle holds no tensor by itself");
  return reason_.empty() ? stack_.front() : nullptr;
}

}  // namespace synthgen

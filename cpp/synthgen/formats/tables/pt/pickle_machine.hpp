#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// A value on the stack of a pickle.
struct PickleValue {
  enum class Kind : std::uint8_t {
    none,
    integer,
    real,
    text,
    boolean,
    name,  ///< of a class or function; none is ever called
    tuple,
    list,
    dict,  ///< keys and values in turn
    storage,
    tensor,  ///< the arguments of its constructor
  };
  Kind kind = Kind::none;
  int depth = 0;  ///< of tuples within tuples
  std::int64_t integer = 0;
  std::string text = {};  ///< of text and names
  std::vector<const PickleValue*> items = {};
};

/// Follows a pickle's opcodes, those that plain data and tensors take.
class PickleMachine {
 public:
  explicit PickleMachine(std::string_view pickle) : pickle_(pickle) {}

  /// The value that the pickle is; null, with `reason` and `place`, if it was refused. It lives as
  /// long as the machine.
  const PickleValue* run();
  const std::string& reason() const noexcept { return reason_; }
  std::uint64_t place() const noexcept { return place_; }

 private:
  using Kind = PickleValue::Kind;

  void stop(std::string reason);
  std::string_view take(std::uint64_t count);
  template <class T>
  T number();
  std::string_view line();
  void push(PickleValue value);
  PickleValue* pop();
  PickleValue* top();
  std::vector<const PickleValue*> from_mark();
  void push_tuple(std::vector<const PickleValue*> items);
  void push_tuple_of(std::size_t count);
  void append(std::vector<const PickleValue*> items, Kind kind);
  void long_integer();
  void global(std::string name);
  void stack_global();
  void remember(std::uint64_t slot);
  void recall(std::uint64_t slot);
  void persistent_id();
  void reduce();
  void build();
  bool step_constant(unsigned char opcode);
  bool step_container(unsigned char opcode);
  void step();

  std::string_view pickle_;
  std::size_t at_ = 0;
  std::uint64_t place_ = 0;
  bool stopped_ = false;
  std::string reason_;
  std::deque<PickleValue> values_;  ///< all of them, so that cycles cost nothing
  std::vector<PickleValue*> stack_;
  std::vector<std::size_t> marks_;
  std::vector<PickleValue*> memo_;
};

}  // namespace synthgen

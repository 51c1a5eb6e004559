#include "synthgen/generate/structure/template_plan.hpp"

namespace synthgen {

TemplatePlan::TemplatePlan(const Template& form) {
  for (std::uint32_t i = 0; i < form.slots.size(); ++i) {
    const TemplateSlot& slot = form.slots[i];
    switch (slot.kind) {
      case TemplateSlot::Kind::token:
        literals.push_back({i, slot.ids.first});
        break;
      case TemplateSlot::Kind::range:
        ranges.push_back({i, slot.ids});
        break;
      case TemplateSlot::Kind::copy:
        copies.push_back({i, slot.source});
        break;
      case TemplateSlot::Kind::random:
      case TemplateSlot::Kind::pattern:
        draws = true;
        break;
    }
  }
  const auto& slots = form.pattern_slots;
  pattern_is_a_run = slots.empty() || slots.back() - slots.front() + 1 == slots.size();
}

}  // namespace synthgen

#pragma once

namespace synthgen::testing {

/// Whether sanitizers watch. They look for faults of memory, which a part of many equal cases
/// shows, and make a test about thirty times as slow.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool is_sanitized = true;
#elif defined(__has_feature)
inline constexpr bool is_sanitized = __has_feature(address_sanitizer);
#else
inline constexpr bool is_sanitized = false;
#endif

}  // namespace synthgen::testing

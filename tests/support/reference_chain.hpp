#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/random/dirichlet.hpp"

#include <cmath>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "support/reference_machine.hpp"

// The chains of the markov family once more, by the tokens of their contexts. Nothing here comes
// from the family; drawn rows come from Dirichlet draws that have tests of their own.

namespace synthgen::testing {

using Context = std::vector<std::uint32_t>;  ///< oldest token first

/// A chain that is the same for all sequences.
struct ReferenceChain {
  std::uint32_t symbols = 0;
  std::size_t order = 0;
  std::map<Context, std::vector<double>> rows;  ///< of the shorter contexts at the beginning, too

  std::vector<Context> contexts(std::size_t length) const {
    std::vector<Context> all{{}};
    for (std::size_t i = 0; i < length; ++i) {
      std::vector<Context> longer;
      for (const Context& context : all) {
        for (std::uint32_t x = 0; x < symbols; ++x) {
          longer.push_back(context);
          longer.back().push_back(x);
        }
      }
      all = longer;
    }
    return all;
  }

  Context after(Context context, std::uint32_t token) const {
    context.push_back(token);
    if (context.size() > order) context.erase(context.begin());
    return context;
  }

  /// Rows for the beginning, such that full contexts first have the law that the chain keeps; by
  /// steps of a chain that stays where it is with probability 1/2.
  void open_stationary(const std::map<Context, std::vector<double>>& weights) {
    std::map<Context, double> law;
    for (const Context& context : contexts(order)) law[context] = 1;
    for (int step = 0; step < 5000; ++step) {
      std::map<Context, double> next;
      for (const auto& [context, mass] : law) {
        next[context] += mass / 2;
        double total = 0;
        for (const double weight : weights.at(context)) total += weight;
        for (std::uint32_t x = 0; x < symbols; ++x) {
          next[after(context, x)] += mass / 2 * weights.at(context)[x] / total;
        }
      }
      law = next;
    }
    for (std::size_t length = order; length-- > 0;) {
      std::map<Context, double> shorter;
      for (const auto& [context, mass] : law) {
        shorter[Context(context.begin(), context.end() - 1)] += mass;
      }
      for (const auto& [context, mass] : shorter) {
        std::vector<double> row;
        for (std::uint32_t x = 0; x < symbols; ++x) {
          Context longer = context;
          longer.push_back(x);
          row.push_back(law.at(longer));
        }
        rows[context] = rounded_law(row);
      }
      law = shorter;
    }
  }
};

inline ReferenceChain reference_chain(const Config& config) {
  ReferenceChain chain;
  chain.symbols = static_cast<std::uint32_t>(config.markov_symbols);
  chain.order = static_cast<std::size_t>(config.markov_order);
  const DirichletRows drawn(chain.symbols, config.dirichlet_alpha);
  const WordStream words({static_cast<std::uint64_t>(config.seed), Split::train, 0}, Substream{28});
  std::map<Context, std::vector<double>> weights;
  std::size_t number = 0;
  for (const Context& context : chain.contexts(chain.order)) {
    weights[context] = config.chain == "given"
                           ? config.chain_rows[number].get<std::vector<double>>()
                           : drawn.draw(words, number);
    ++number;
  }
  for (const auto& [context, row] : weights) chain.rows[context] = rounded_law(row);
  if (config.chain_start == "stationary") {
    chain.open_stationary(weights);
  } else {
    for (std::size_t length = 0; length < chain.order; ++length) {
      for (const Context& context : chain.contexts(length)) {
        chain.rows[context] = std::vector<double>(chain.symbols, 1.0 / chain.symbols);
      }
    }
  }
  return chain;
}

/// P(each token | the tokens before it), going through every clean sequence that noise can have
/// changed into this one.
inline std::vector<double> reference_token_laws(const ReferenceChain& chain, double noise,
                                                std::span<const std::uint32_t> tokens) {
  std::vector<double> laws;
  std::map<Context, double> belief{{{}, 1.0}};
  for (const std::uint32_t token : tokens) {
    std::map<Context, double> next;
    double all = 0;
    for (const auto& [context, mass] : belief) {
      for (std::uint32_t x = 0; x < chain.symbols; ++x) {
        const double seen = (x == token ? 1 - noise : 0) + noise / chain.symbols;
        const double joint = mass * chain.rows.at(context)[x] * seen;
        if (joint == 0) continue;
        next[chain.after(context, x)] += joint;
        all += joint;
      }
    }
    laws.push_back(all);
    for (auto& [context, mass] : next) mass /= all;
    belief = next;
  }
  return laws;
}

inline double reference_predictive_bits(const ReferenceChain& chain, double noise,
                                        std::span<const std::uint32_t> tokens) {
  double bits = 0;
  for (const double p : reference_token_laws(chain, noise, tokens)) bits -= std::log2(p);
  return bits;
}

/// The number of a context of up to `order` tokens: full ones by their digits, oldest first, then
/// the shorter ones by length.
inline std::uint32_t context_number(const Context& context, std::uint32_t symbols,
                                    std::size_t order) {
  std::uint32_t number = 0;
  for (const std::uint32_t token : context) number = number * symbols + token;
  if (context.size() == order) return number;
  number += static_cast<std::uint32_t>(std::lround(std::pow(symbols, order)));
  for (std::size_t length = 0; length < context.size(); ++length) {
    number += static_cast<std::uint32_t>(std::lround(std::pow(symbols, length)));
  }
  return number;
}

/// The number of the node of a context tree that the last `depth` tokens lead to: by depth, then by
/// the digits of the path, last token first.
inline std::uint32_t tree_node_number(std::span<const std::uint32_t> before, std::uint32_t symbols,
                                      std::size_t depth) {
  std::uint32_t number = 0;
  for (std::size_t back = 0; back < depth; ++back) {
    number = number * symbols + before[before.size() - 1 - back];
  }
  for (std::size_t length = 0; length < depth; ++length) {
    number += static_cast<std::uint32_t>(std::lround(std::pow(symbols, length)));
  }
  return number;
}

}  // namespace synthgen::testing

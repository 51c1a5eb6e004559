#include "program.hpp"

int main(int argc, char** argv) {
  return synthgen::cli::run_program(argc, argv);
}

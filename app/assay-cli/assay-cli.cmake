assay_sources(cli_sources app/assay-cli)
# The demo world's generator is linked by the program and by its test.
assay_sources(demo_sources resources/demo)
add_library(assay_demo STATIC ${demo_sources})
target_link_libraries(assay_demo PUBLIC assay_core)

add_executable(assay-cli ${cli_sources})
target_link_libraries(assay-cli PRIVATE assay_demo assay_core CLI11::CLI11 ${CMAKE_DL_LIBS})
if(ASSAY_PCH)
  target_precompile_headers(assay-cli PRIVATE app/assay-cli/pch.h)
endif()
if(ASSAY_ENGINE)
  add_dependencies(assay-cli assay_engine)
endif()

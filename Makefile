# `make help` lists what can be done here. Everything works on a fresh Debian machine.
.DEFAULT_GOAL := help
.PHONY: help setup build demo serve test fuzz bench dist clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install the Debian packages that building and testing need
	@.ci/setup test

build: ## build the distribution into build/ephpm/
	@.ci/setup build
	./mvnw -q package -DskipTests
	@echo "built: build/ephpm/bin/ephpm"

demo: ## build and serve a guestbook and two WordPress sites on this machine
	@.ci/setup demo
	./mvnw -q package -DskipTests
	@appliance/node/src/demo/run

serve: build ## build and serve the directory SITES (one sub-directory per domain)
	@test -n "$(SITES)" || { echo "say which sites: make serve SITES=/srv/sites"; exit 2; }
	EPHPM_SERVER__SITES_DIR="$(SITES)" build/ephpm/bin/ephpm serve

test: ## run every test
	@.ci/setup test
	./mvnw verify

fuzz: ## search for input that litewire cannot take, for SECONDS (600) each; what fails is kept in build/fuzz
	@.ci/setup build
	appliance/litewire/src/fuzz/run $(SECONDS)

bench: ## run the benchmarks against nginx, php-fpm and MariaDB and print the ratios
	@.ci/setup bench
	./mvnw -q package -DskipTests
	appliance/bench/run

dist: build ## make the tarball and the Debian package, with their own Java runtime, in build/
	appliance/node/src/main/packaging/make-dist

clean: ## remove everything that was built
	./mvnw -q clean
	rm -rf build

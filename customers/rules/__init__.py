"""Pure rules of customers: who may do what, how ownership passes on, what an import file must look like."""
